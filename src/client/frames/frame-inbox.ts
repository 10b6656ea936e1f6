import type { FrameHandlers } from '../../contract/terminal/frame-socket.ts'

/**
 * Delivers what a channel receives as `FrameSocket` promises: nothing before `listen`, in order, and `closed` once and
 * last. What comes before `listen` waits.
 */
export class FrameInbox {
  #handlers: FrameHandlers | undefined
  readonly #early: (string | Uint8Array)[] = []
  #closed: { code: number; reason: string } | undefined

  get isClosed(): boolean {
    return this.#closed !== undefined
  }

  /** What waits for `listen`, in bytes or characters. */
  get waitingLength(): number {
    return this.#early.reduce((sum, { length }) => sum + length, 0)
  }

  message(message: string | Uint8Array): void {
    if (this.#closed !== undefined) return
    if (this.#handlers === undefined) this.#early.push(message)
    else this.#handlers.message(message)
  }

  /** The channel ended, by either side. Later calls say nothing new. */
  close(code: number, reason: string): void {
    if (this.#closed !== undefined) return
    this.#closed = { code, reason }
    this.#handlers?.closed(code, reason)
  }

  listen(handlers: FrameHandlers): void {
    if (this.#handlers !== undefined) throw new Error('A frame socket has one listener.')
    this.#handlers = handlers
    for (const message of this.#early.splice(0)) handlers.message(message)
    if (this.#closed !== undefined) handlers.closed(this.#closed.code, this.#closed.reason)
  }
}
