import type { FrameSocket } from '../../src/contract/terminal/frame-socket.ts'
import type { WorkerRegistry } from '../../src/main/workers/registry.ts'
import type { WorkerRequest } from '../../src/main/workers/remote/open-channel.ts'

/** One end of a port, as a screen has it: counts what comes, and says what it is told to. */
export class ScreenEnd implements FrameSocket {
  readonly bufferedBytes = 0
  bytes = 0
  code: number | undefined
  #handlers: Parameters<FrameSocket['listen']>[0] | undefined

  constructor(registry: WorkerRegistry, request: WorkerRequest) {
    registry.join(request, () => this)
  }

  get isJoined(): boolean {
    return this.#handlers !== undefined
  }

  say(text: string): void {
    this.#handlers?.message(text)
  }

  leave(): void {
    this.#handlers?.closed(1000, '')
  }

  send(message: string | Uint8Array): void {
    this.bytes += message.length
  }

  listen(handlers: Parameters<FrameSocket['listen']>[0]): void {
    this.#handlers = handlers
  }

  pause(): void {
    // As a port, it cannot be.
  }

  resume(): void {
    // It never was paused.
  }

  close(code: number): void {
    this.code ??= code
  }
}
