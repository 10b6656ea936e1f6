import { FrameInbox } from '../../src/client/frames/frame-inbox.ts'
import type { FrameHandlers, FrameSocket } from '../../src/contract/terminal/frame-socket.ts'

/** How much one connection carries, each way, before it breaks in the middle of a message. */
export interface WireCut {
  downBytes: number
  upBytes: number
}

/** Both ends of a connection: what is sent arrives later and in order, until the cut; then both ends are closed. */
export function wire(cut: WireCut): [FrameSocket, FrameSocket] {
  const [client, server] = [new WireEnd(cut.upBytes), new WireEnd(cut.downBytes)]
  client.peer = server
  server.peer = client
  return [client, server]
}

class WireEnd implements FrameSocket {
  readonly bufferedBytes = 0
  peer: WireEnd | undefined
  readonly #inbox = new FrameInbox()
  #leftBytes: number

  constructor(leftBytes: number) {
    this.#leftBytes = leftBytes
  }

  send(message: string | Uint8Array): void {
    if (this.#inbox.isClosed) return
    this.#leftBytes -= message.length
    const copy = typeof message === 'string' ? message : new Uint8Array(message)
    if (this.#leftBytes >= 0) queueMicrotask(() => this.peer?.deliver(copy))
    else this.close(1006)
  }

  listen(handlers: FrameHandlers): void {
    this.#inbox.listen(handlers)
  }

  pause(): void {
    // Nothing waits in a wire of memory.
  }

  resume(): void {
    // Nothing waits in a wire of memory.
  }

  close(code: number, reason = ''): void {
    queueMicrotask(() => {
      this.end(code, reason)
      this.peer?.end(code, reason)
    })
  }

  deliver(message: string | Uint8Array): void {
    this.#inbox.message(message)
  }

  end(code: number, reason: string): void {
    this.#inbox.close(code, reason)
  }
}
