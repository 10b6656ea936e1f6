/** What is kept of each stream of a program: 1 MiB. */
export const STREAM_BYTES = 1_048_576

/** Gathers the beginning of a stream up to `limit` bytes; what comes after is counted as lost. */
export class BoundedOutput {
  private readonly pieces: Uint8Array[] = []
  private readonly limit: number
  private size = 0
  isTruncated = false

  constructor(limit: number) {
    this.limit = limit
  }

  /** The bytes must not change afterwards. */
  add(bytes: Uint8Array): void {
    const room = this.limit - this.size
    if (bytes.length > room) this.isTruncated = true
    if (room <= 0) return
    const kept = bytes.subarray(0, room)
    this.pieces.push(kept)
    this.size += kept.length
  }

  /** As UTF-8; bytes that are not are replaced. */
  text(): string {
    const whole = new Uint8Array(this.size)
    let at = 0
    for (const piece of this.pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole)
  }
}
