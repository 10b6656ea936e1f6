import { writeSync } from 'node:fs'

/** What is written in one turn of the loop, so that a paste here delays nobody. */
const TURN_BYTES = 65_536
/** Waits between tries while the PTY is full: the first, doubled up to the last. */
const FIRST_WAIT_MS = 1
const LAST_WAIT_MS = 32

/**
 * Input on its way into a PTY that may be full. It is written to the descriptor itself: libuv makes writes to a PTY
 * master blocking, and spins in them while the program does not read. There is no event for room that libuv would
 * give for such a descriptor, so a full one is tried again after a short wait, and when the program shows that it lives.
 */
export class InputQueue {
  private readonly fd: number
  private readonly taken: (length: number) => void
  private readonly failed: (error: unknown) => void
  private readonly queue: Uint8Array[] = []
  /** Bytes of the first piece that are written. */
  private written = 0
  private waitMs = FIRST_WAIT_MS
  private timer: NodeJS.Timeout | undefined

  /** `taken` is called with the length of each piece once all of it is in the PTY. */
  constructor(fd: number, taken: (length: number) => void, failed: (error: unknown) => void) {
    this.fd = fd
    this.taken = taken
    this.failed = failed
  }

  add(bytes: Uint8Array): void {
    this.queue.push(bytes)
    if (this.timer === undefined) this.write()
  }

  /** The program may have read: a wait is cut short. */
  hurry(): void {
    if (this.timer === undefined || this.waitMs <= 2 * FIRST_WAIT_MS) return
    this.waitMs = FIRST_WAIT_MS
    this.wait()
  }

  dispose(): void {
    clearTimeout(this.timer)
    this.queue.length = 0
  }

  private write(): void {
    let budget = TURN_BYTES
    for (let piece = this.queue[0]; piece !== undefined && budget > 0; piece = this.queue[0]) {
      const length = this.writeSome(piece)
      if (length === undefined) return
      budget -= length
      if (length > 0) this.waitMs = FIRST_WAIT_MS
      if (this.written < piece.length) break
      this.queue.shift()
      this.written = 0
      this.taken(piece.length)
    }
    if (this.queue.length > 0) this.wait()
  }

  /** Bytes that the PTY took, 0 when it is full; nothing where it is broken. */
  private writeSome(piece: Uint8Array): number | undefined {
    try {
      const length = writeSync(this.fd, piece, this.written)
      this.written += length
      return length
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0
      this.dispose()
      this.failed(error)
      return undefined
    }
  }

  private wait(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.write()
    }, this.waitMs)
    this.waitMs = Math.min(2 * this.waitMs, LAST_WAIT_MS)
  }
}
