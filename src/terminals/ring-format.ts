import { RING_BYTES } from '../contract/terminal/limits.ts'

/** Kept beyond what is offered, so that what a slow replay still reads is not overwritten meanwhile. */
const SLACK_BYTES = 1_048_576
/** Room for output in the file of a ring: what is at an offset of the stream stands at the rest of its division by this. */
export const RING_CAPACITY_BYTES = RING_BYTES + SLACK_BYTES
/** Before the output: a mark, the length of all output, and the offset before which nothing can be read (64 bits each, big endian). */
export const RING_HEADER_BYTES = 4096

const MARK = Buffer.from('berthrng')
/** Of the header, what is used. */
export const RING_COUNTS_BYTES = MARK.length + 16

export interface RingCounts {
  /** The length of all output. */
  written: number
  /** Nothing before it can be read. */
  oldest: number
}

/** An empty header, as far as it is used. */
export function newRingHeader(): Buffer {
  const header = Buffer.alloc(RING_COUNTS_BYTES)
  header.set(MARK)
  return header
}

/** Writes the counts into a header. */
export function noteRingCounts(header: Buffer, { written, oldest }: RingCounts): void {
  header.writeBigUInt64BE(BigInt(written), MARK.length)
  header.writeBigUInt64BE(BigInt(oldest), MARK.length + 8)
}

/** What the header of a file of `fileBytes` says; of one that is shorter than what it counts nothing can be read. Throws where it is none. */
export function parseRingCounts(header: Buffer, fileBytes: number): RingCounts {
  const isRing = header.length >= RING_COUNTS_BYTES && header.subarray(0, MARK.length).equals(MARK)
  if (!isRing) throw new Error('This is no ring file.')
  const written = Number(header.readBigUInt64BE(MARK.length))
  const oldest = Number(header.readBigUInt64BE(MARK.length + 8))
  if (!Number.isSafeInteger(written) || oldest > written) throw new Error('This ring file counts what cannot be.')
  const isWhole = fileBytes >= RING_HEADER_BYTES + Math.min(written, RING_CAPACITY_BYTES)
  return { written, oldest: isWhole ? oldest : written }
}
