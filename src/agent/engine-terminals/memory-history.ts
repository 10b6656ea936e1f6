import type { TerminalHistory } from '../../terminals/program.ts'
import { ringSegments } from '../../terminals/ring-arithmetic.ts'

/** Kept for whoever comes back; the runtime keeps more, in a file. */
const KEPT_BYTES = 1_048_576
/** Room for what is still on its way to a slow client beside that. */
const CAPACITY_BYTES = 4 * KEPT_BYTES

/** The last output of a terminal, in memory of the agent: bounded, and gone with it. */
export class MemoryHistory implements TerminalHistory {
  /** Its pages are not taken from the system before they are written. */
  readonly #ring = Buffer.alloc(CAPACITY_BYTES)
  #end = 0

  get end(): number {
    return this.#end
  }

  get start(): number {
    return Math.max(0, this.#end - KEPT_BYTES)
  }

  holds(offset: number): boolean {
    return offset >= this.#end - CAPACITY_BYTES
  }

  append(bytes: Uint8Array): undefined {
    // Of a piece that is larger than all that is kept, the end.
    const skipped = Math.max(0, bytes.length - CAPACITY_BYTES)
    let from = skipped
    for (const { position, length } of ringSegments(this.#end + skipped, bytes.length - skipped, CAPACITY_BYTES)) {
      this.#ring.set(bytes.subarray(from, from + length), position)
      from += length
    }
    this.#end += bytes.length
    return undefined
  }

  read(offset: number, length: number): Buffer {
    const segments = ringSegments(offset, length, CAPACITY_BYTES)
    return Buffer.concat(segments.map((one) => this.#ring.subarray(one.position, one.position + one.length)))
  }

  dispose(): void {
    // Memory goes by itself.
  }
}
