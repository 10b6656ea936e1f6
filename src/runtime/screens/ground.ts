/** Where a parser of terminal output stands, as far as it matters for cutting the stream (ECMA-48, 5.3 and 8.2). */
type State = 'ground' | 'escape' | 'intermediate' | 'control' | 'string'

const ESC = 0x1b
const CANCEL = 0x18
const SUBSTITUTE = 0x1a
const SHIFT_OUT = 0x0e
const SHIFT_IN = 0x0f

/**
 * Follows output only as far as to know where it can be cut: between sequences, not within a character, and not before a
 * byte that could belong to the character before it.
 */
export class Ground {
  /** Offset of the last place where the stream can be cut. */
  cut: number
  /** Whether the second character set is shifted in (SO, until SI). */
  isShifted: boolean
  private state: State = 'ground'
  private continuationBytes = 0
  private codePoint = 0
  /** The last byte printed something: what comes next decides whether there may be a cut. */
  private isOpen = false

  /** Begins at `offset`, where the stream can be cut. */
  constructor(offset: number, isShifted: boolean) {
    this.cut = offset
    this.isShifted = isShifted
  }

  /** Takes the bytes from `offset` on, which follow those before. */
  feed(bytes: Uint8Array, offset: number): void {
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0
      if (this.isOpen && byte < 0x80) this.cut = offset + index
      // Most of all output, and nothing follows from it but the next cut.
      if (this.isOpen && byte >= 0x20 && byte < 0x80) continue
      this.isOpen = false
      this.take(byte)
      if (this.state !== 'ground' || this.continuationBytes > 0) continue
      if (byte < 0x20) this.cut = offset + index + 1
      else this.isOpen = true
    }
  }

  private take(byte: number): void {
    if (byte >= 0x80) this.takeHigh(byte)
    else {
      this.continuationBytes = 0
      if (byte === ESC) this.state = 'escape'
      else if (byte === CANCEL || byte === SUBSTITUTE) this.state = 'ground'
      else this.takeLow(byte)
    }
  }

  private takeLow(byte: number): void {
    switch (this.state) {
      case 'ground':
        if (byte === SHIFT_OUT) this.isShifted = true
        else if (byte === SHIFT_IN) this.isShifted = false
        return
      case 'escape':
        if (byte < 0x20 || byte === 0x7f) return
        this.state = afterEscape(byte)
        return
      case 'intermediate':
        if (byte >= 0x30 && byte < 0x7f) this.state = 'ground'
        return
      case 'control':
        if (byte >= 0x40 && byte < 0x7f) this.state = 'ground'
        return
      case 'string':
        if (byte === 0x07) this.state = 'ground'
    }
  }

  /** UTF-8, in which the controls of ECMA-48 beyond ASCII may come as well. */
  private takeHigh(byte: number): void {
    if (byte >= 0xc0) {
      this.continuationBytes = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1
      this.codePoint = byte & 0x1f
      return
    }
    if (this.continuationBytes === 0) return
    this.continuationBytes -= 1
    this.codePoint = (this.codePoint << 6) | (byte & 0x3f)
    if (this.continuationBytes > 0 || this.codePoint > 0x9f || this.codePoint < 0x80) return
    if (this.codePoint === 0x9b) this.state = 'control'
    else if ([0x90, 0x98, 0x9d, 0x9e, 0x9f].includes(this.codePoint)) this.state = 'string'
    else if (this.codePoint === 0x9c) this.state = 'ground'
  }
}

function afterEscape(byte: number): State {
  if (byte < 0x30) return 'intermediate'
  if (byte === 0x5b) return 'control'
  return [0x50, 0x58, 0x5d, 0x5e, 0x5f].includes(byte) ? 'string' : 'ground'
}
