/** More than one PTY may read in a turn, so that a read always fits. */
const STAGE_BYTES = 65_536
/** Below it a piece is copied: that costs less than another stage where the piece has to be kept. */
const COPIED_BYTES = 4096

/** Takes a piece of output. Returns whether the bytes are still needed after it returned. */
export type StageOwner = (piece: Buffer) => boolean

/**
 * Gathers what is read from one PTY within a turn of the event loop into one piece. One stage serves all PTYs, since one
 * of them is read at a time; it is used again unless a piece is still on its way, so that a flood makes no garbage.
 */
export class OutputStage {
  private buffer = Buffer.allocUnsafeSlow(STAGE_BYTES)
  private length = 0
  private owner: StageOwner | undefined

  /** Copies `bytes`, which may be reused afterwards. Returns how much is gathered for `owner`. */
  add(owner: StageOwner, bytes: Uint8Array): number {
    if (this.owner !== owner || this.length + bytes.length > STAGE_BYTES) this.flush()
    this.owner = owner
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
    return this.length
  }

  /** Hands over what is gathered for `owner`, if anything. */
  flushFor(owner: StageOwner): void {
    if (this.owner === owner) this.flush()
  }

  private flush(): void {
    const { owner, length } = this
    this.owner = undefined
    this.length = 0
    if (owner === undefined || length === 0) return
    const piece = this.buffer.subarray(0, length)
    if (length < COPIED_BYTES) owner(Buffer.from(piece))
    else if (owner(piece)) this.buffer = Buffer.allocUnsafeSlow(STAGE_BYTES)
  }
}
