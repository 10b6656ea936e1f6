import { RING_BYTES } from '../../contract/terminal/limits.ts'
import type { TerminalHistory } from '../../terminals/program.ts'
import { ringSegments } from '../../terminals/ring-arithmetic.ts'
import {
  parseRingCounts,
  RING_CAPACITY_BYTES,
  RING_HEADER_BYTES,
  type RingCounts,
} from '../../terminals/ring-format.ts'

/** The output that is in the ring file of a terminal that has ended. */
export class KeptHistory implements TerminalHistory {
  readonly #file: Buffer
  readonly #counts: RingCounts

  /** Throws where the file is no ring. */
  constructor(file: Buffer) {
    this.#file = file
    this.#counts = parseRingCounts(file, file.length)
  }

  get end(): number {
    return this.#counts.written
  }

  get start(): number {
    return Math.max(this.#counts.oldest, this.end - RING_BYTES)
  }

  holds(offset: number): boolean {
    return offset >= Math.max(this.#counts.oldest, this.end - RING_CAPACITY_BYTES)
  }

  append(): never {
    throw new Error('What has ended prints no more.')
  }

  read(offset: number, length: number): Buffer {
    const segments = ringSegments(offset, length, RING_CAPACITY_BYTES)
    return Buffer.concat(
      segments.map(({ position, length: part }) => {
        const from = RING_HEADER_BYTES + position
        return this.#file.subarray(from, from + part)
      }),
    )
  }

  dispose(): void {
    // Memory goes by itself.
  }
}
