import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { RING_BYTES } from '../../contract/terminal/limits.ts'
import type { TerminalHistory } from '../../terminals/program.ts'
import { ringSegments } from '../../terminals/ring-arithmetic.ts'
import {
  newRingHeader,
  noteRingCounts,
  parseRingCounts,
  RING_CAPACITY_BYTES,
  RING_COUNTS_BYTES,
  RING_HEADER_BYTES,
  type RingCounts,
} from '../../terminals/ring-format.ts'

/** A part of a stream. */
interface Stretch {
  offset: number
  length: number
  /** What it is read into. */
  room?: Buffer | undefined
}

interface RingState extends RingCounts {
  fd: number
}

/**
 * The last `RING_BYTES` of a terminal's output, in a file. Writes go to the page cache and do not wait for a disk. On
 * a full disk history is lost from there back, and recording goes on as soon as there is room. The file outlasts its
 * writer: all that was appended, whenever that is killed, is there when it is opened again.
 */
export class RingFile implements TerminalHistory {
  readonly path: string
  private readonly fd: number
  private written: number
  /** Nothing before it can be read. */
  private oldest: number
  private readonly header = newRingHeader()

  private constructor(path: string, { fd, written, oldest }: RingState) {
    this.path = path
    this.fd = fd
    this.written = written
    this.oldest = oldest
  }

  /** Makes the file, which must not be there. Throws where the folder takes none. */
  static create(path: string): RingFile {
    const ring = new RingFile(path, { fd: openSync(path, 'wx+', 0o600), written: 0, oldest: 0 })
    ring.count()
    return ring
  }

  /** Opens what an earlier process has written. Throws where that is no ring. */
  static reopen(path: string): RingFile {
    const fd = openSync(path, 'r+')
    try {
      return new RingFile(path, { fd, ...readCounts(fd) })
    } catch (error) {
      closeSync(fd)
      throw error
    }
  }

  /** Stream offset of the end: the length of all output. */
  get end(): number {
    return this.written
  }

  /** Earliest offset to begin a replay from. */
  get start(): number {
    return Math.max(this.oldest, this.written - RING_BYTES)
  }

  /** What the file takes of the disk, at most. */
  get sizeBytes(): number {
    return RING_HEADER_BYTES + Math.min(this.written, RING_CAPACITY_BYTES)
  }

  /** Whether all from `offset` can still be read. */
  holds(offset: number): boolean {
    return offset >= Math.max(this.oldest, this.written - RING_CAPACITY_BYTES)
  }

  /** Returns the error where the bytes could not be kept; the offsets go on all the same. */
  append(bytes: Uint8Array): unknown {
    const offset = this.written
    this.written += bytes.length
    try {
      let from = 0
      for (const { position, length } of ringSegments(offset, bytes.length, RING_CAPACITY_BYTES)) {
        writeWhole(this.fd, bytes.subarray(from, from + length), RING_HEADER_BYTES + position)
        from += length
      }
      // After the bytes: what is counted is there.
      this.writeHeader()
      return undefined
    } catch (error) {
      this.oldest = this.written
      this.count()
      return error
    }
  }

  /** Reads `length` bytes from `offset` on, which must be held: into `room`, or a buffer that is the caller's. */
  read(offset: number, length: number, room?: Buffer): Buffer {
    return readRing(this.fd, { offset, length, room })
  }

  leave(): void {
    closeSync(this.fd)
  }

  dispose(): void {
    closeSync(this.fd)
    rmSync(this.path, { force: true })
  }

  /** Counts where that is possible: a full disk may have no room for a header until it has some for output. */
  private count(): void {
    try {
      this.writeHeader()
    } catch {
      // `append` says so where it matters.
    }
  }

  private writeHeader(): void {
    noteRingCounts(this.header, { written: this.written, oldest: this.oldest })
    writeWhole(this.fd, this.header, 0)
  }
}

function readCounts(fd: number): RingCounts {
  const header = Buffer.alloc(RING_COUNTS_BYTES)
  const read = readSync(fd, header, 0, header.length, 0)
  return parseRingCounts(header.subarray(0, read), fstatSync(fd).size)
}

/** Reads the ring file `fd`: `length` bytes of the stream from `offset` on, which must be held; into `room`, which has as many. */
export function readRing(fd: number, { offset, length, room = Buffer.allocUnsafeSlow(length) }: Stretch): Buffer {
  let into = 0
  for (const segment of ringSegments(offset, length, RING_CAPACITY_BYTES)) {
    const read = readSync(fd, room, into, segment.length, RING_HEADER_BYTES + segment.position)
    if (read !== segment.length) throw new Error('The history file of a terminal is shorter than what was written.')
    into += read
  }
  return room.subarray(0, length)
}

function writeWhole(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}
