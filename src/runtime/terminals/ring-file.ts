import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { RING_BYTES } from '../../contract/terminal/limits.ts'
import type { TerminalHistory } from '../../terminals/program.ts'
import { ringSegments } from '../../terminals/ring-arithmetic.ts'

/** Kept beyond what is offered, so that what a slow replay still reads is not overwritten meanwhile. */
const SLACK_BYTES = 1_048_576
const CAPACITY_BYTES = RING_BYTES + SLACK_BYTES

/**
 * The last `RING_BYTES` of a terminal's output, in a file. Writes go to the page cache and do not wait for a disk. On
 * a full disk history is lost from there back, and recording goes on as soon as there is room.
 */
export class RingFile implements TerminalHistory {
  readonly path: string
  private readonly fd: number
  private written = 0
  /** Nothing before it can be read. */
  private oldest = 0

  constructor(path: string) {
    this.path = path
    this.fd = openSync(path, 'wx+', 0o600)
  }

  /** Stream offset of the end: the length of all output. */
  get end(): number {
    return this.written
  }

  /** Earliest offset to begin a replay from. */
  get start(): number {
    return Math.max(this.oldest, this.written - RING_BYTES)
  }

  /** Whether all from `offset` can still be read. */
  holds(offset: number): boolean {
    return offset >= Math.max(this.oldest, this.written - CAPACITY_BYTES)
  }

  /** Returns the error where the bytes could not be kept; the offsets go on all the same. */
  append(bytes: Uint8Array): unknown {
    const offset = this.written
    this.written += bytes.length
    try {
      let from = 0
      for (const { position, length } of ringSegments(offset, bytes.length, CAPACITY_BYTES)) {
        writeWhole(this.fd, bytes.subarray(from, from + length), position)
        from += length
      }
      return undefined
    } catch (error) {
      this.oldest = this.written
      return error
    }
  }

  /** Reads `length` bytes from `offset` on; both must be held. The buffer belongs to the caller. */
  read(offset: number, length: number): Buffer {
    return readRing(this.fd, offset, length)
  }

  dispose(): void {
    closeSync(this.fd)
    rmSync(this.path, { force: true })
  }
}

/** Reads the ring file `fd`: `length` bytes of the stream from `offset` on, which must be held. */
export function readRing(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  let into = 0
  for (const segment of ringSegments(offset, length, CAPACITY_BYTES)) {
    const read = readSync(fd, bytes, into, segment.length, segment.position)
    if (read !== segment.length) throw new Error('The history file of a terminal is shorter than what was written.')
    into += read
  }
  return bytes
}

function writeWhole(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}
