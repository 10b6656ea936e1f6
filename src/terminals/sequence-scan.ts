const ESC = 0x1b
const NOTHING = Buffer.alloc(0)

export interface ScanOptions {
  /** What a sequence begins with: ESC and more. */
  introducer: string
  /** Whether a byte ends it. */
  isEnd(byte: number): boolean
  /** Bytes of the longest that is taken. */
  longest: number
  /** What lies between introducer and end, and the byte that ended it. */
  found(body: string, end: number): void
}

/**
 * Finds sequences of one kind in output that comes in pieces, without parsing the rest: bytes are looked at one by one only
 * within such a sequence. So it costs a flood next to nothing, and holds at most `longest` bytes.
 */
export class SequenceScan {
  private readonly options: ScanOptions
  private readonly introducer: Buffer
  /** A sequence of which the end has not come. */
  private rest = NOTHING

  constructor(options: ScanOptions) {
    this.options = options
    this.introducer = Buffer.from(options.introducer)
  }

  /** The bytes may be reused afterwards. */
  scan(piece: Buffer): void {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece])
    this.rest = NOTHING
    const { introducer, options } = this
    for (let at = bytes.indexOf(introducer); at !== -1; ) {
      const from = at + introducer.length
      const end = this.endOf(bytes, from)
      if (end === undefined) {
        this.rest = Buffer.from(bytes.subarray(at))
        return
      }
      if (end !== 'none') options.found(bytes.toString('utf8', from, end), bytes[end] ?? 0)
      at = bytes.indexOf(introducer, end === 'none' ? from : end)
    }
    this.keepBegun(bytes)
  }

  /** Where the sequence ends that begins at `from`; nothing where that has not come; `none` where it is too long. */
  private endOf(bytes: Buffer, from: number): number | 'none' | undefined {
    const limit = from + this.options.longest
    for (let index = from; index < bytes.length; index += 1) {
      if (index >= limit) return 'none'
      if (this.options.isEnd(bytes[index] ?? 0)) return index
    }
    return undefined
  }

  /** The introducer may be cut itself. */
  private keepBegun(bytes: Buffer): void {
    const tail = bytes.subarray(1 - this.introducer.length)
    const at = tail.lastIndexOf(ESC)
    if (at === -1 || this.introducer.length === 1) return
    const begun = tail.subarray(at)
    if (begun.equals(this.introducer.subarray(0, begun.length))) this.rest = Buffer.from(begun)
  }
}
