import { FrameInbox } from '../../client/frames/frame-inbox.ts'
import type { FrameHandlers, FrameSocket } from '../../contract/terminal/frame-socket.ts'

/** One end of a channel within this process. */
export interface FramePairEnd extends FrameSocket {
  /** Called once, when the channel has closed by either side. */
  onClosed: (() => void) | undefined
}

/** Both ends of a channel within this process: what one sends, the other is given at once, or when it reads again. */
export function framePair(): [FramePairEnd, FramePairEnd] {
  const [left, right] = [new PairEnd(), new PairEnd()]
  left.peer = right
  right.peer = left
  return [left, right]
}

class PairEnd implements FramePairEnd {
  onClosed: (() => void) | undefined
  peer: PairEnd | undefined
  readonly #inbox = new FrameInbox()
  /** What came while it was paused; bounded by the windows of the protocol that is spoken over it. */
  readonly #waiting: (() => void)[] = []
  #isPaused = false

  /** What the other end has not been asked for yet. */
  get bufferedBytes(): number {
    return this.peer?.waitingLength ?? 0
  }

  get waitingLength(): number {
    return this.#inbox.waitingLength
  }

  send(message: string | Uint8Array): void {
    if (!this.#inbox.isClosed) this.peer?.take(() => this.peer?.deliver(message))
  }

  listen(handlers: FrameHandlers): void {
    this.#inbox.listen(handlers)
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    for (let next = this.#next(); next !== undefined; next = this.#next()) next()
  }

  close(code: number, reason = ''): void {
    if (this.#inbox.isClosed) return
    this.end(code, reason)
    this.peer?.take(() => this.peer?.end(code, reason))
  }

  deliver(message: string | Uint8Array): void {
    this.#inbox.message(message)
  }

  end(code: number, reason: string): void {
    if (this.#inbox.isClosed) return
    this.#inbox.close(code, reason)
    this.onClosed?.()
  }

  /** What was sent first of what waits, unless it is paused (again). */
  #next(): (() => void) | undefined {
    return this.#isPaused ? undefined : this.#waiting.shift()
  }

  take(act: () => void): void {
    if (this.#isPaused || this.#waiting.length > 0) this.#waiting.push(act)
    else act()
  }
}
