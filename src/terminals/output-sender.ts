import { STALLED_CLIENT_MS } from '../contract/terminal/limits.ts'
import { afterAck, afterSend, flowFrom, holdsBack, isStalled, type OutputFlow, sendableBytes } from './output-flow.ts'

/** Largest piece that is read back from the history, and how much of it is sent in one turn of the loop. */
const PIECE_BYTES = 65_536
const TURN_BYTES = 131_072

/** A client shows by an `ack` that it has taken so much of the screen that it begins with. */
const SIGN_BYTES = 32_768

/** The history, as far as a sender reads it. */
export interface History {
  readonly end: number
  holds(offset: number): boolean
  read(offset: number, length: number): Uint8Array
}

export interface OutputSenderOptions {
  /** The client has seen all before it. */
  offset: number
  /** Length of the screen that it is sent before the output; 0 without one. */
  screenBytes?: number
  history: History
  /** Returns whether the bytes are still needed afterwards. */
  send(bytes: Uint8Array): boolean
  /** All that was produced so far is on its way. */
  drained(): void
  /** The client acknowledged nothing for `STALLED_CLIENT_MS` while output waited for it. */
  stalled(): void
  /** What comes next is no longer in the history. */
  lost(): void
}

/** Sends output to one client, from an offset on, within its window: new bytes as they come, older ones from the history. */
export class OutputSender {
  private readonly options: OutputSenderOptions
  private flow: OutputFlow
  /** A screen may take its time: until the client goes further, so many `ack`s show that it is taken. */
  private signsLeft: number
  private readonly beganAt = performance.now()
  private turn: NodeJS.Immediate | undefined
  private stallTimer: NodeJS.Timeout | undefined
  private isDisposed = false

  constructor(options: OutputSenderOptions) {
    this.options = options
    this.flow = flowFrom(options.offset)
    this.signsLeft = Math.ceil((options.screenBytes ?? 0) / SIGN_BYTES)
  }

  /** Whether the program has to wait for this client; for one that takes its screen for longer than it may stall, no more. */
  get holdsBack(): boolean {
    const isLongAtScreen = this.signsLeft > 0 && performance.now() - this.beganAt >= STALLED_CLIENT_MS
    return !isLongAtScreen && holdsBack(this.flow, this.options.history.end)
  }

  /**
   * `bytes` were just added to the history at `offset`. A client that has all before them gets them without a read.
   * Returns whether they are still needed afterwards.
   */
  produced(bytes: Uint8Array, offset: number): boolean {
    if (this.isDisposed) return false
    const length =
      this.flow.sent === offset ? Math.min(bytes.length, sendableBytes(this.flow, this.options.history.end)) : 0
    const isKept = length > 0 && this.send(length === bytes.length ? bytes : bytes.subarray(0, length))
    this.settle()
    return isKept
  }

  /** Takes an `ack`; false where it is beyond what was sent. */
  acknowledge(offset: number): boolean {
    const flow = afterAck(this.flow, offset)
    if (flow === undefined) return false
    const isFurther = flow.acked > this.flow.acked
    if (isFurther) this.signsLeft = 0
    const isSign = !isFurther && this.signsLeft > 0 && this.stallTimer !== undefined
    if (isSign) this.signsLeft -= 1
    if (isFurther || isSign) this.restartStallTimer()
    this.flow = flow
    this.pump()
    return true
  }

  /** Sends what may be sent of the history, a bounded piece each turn. */
  pump(): void {
    clearImmediate(this.turn)
    this.turn = undefined
    for (let sent = 0; sent < TURN_BYTES && !this.isDisposed; ) {
      const length = Math.min(PIECE_BYTES, sendableBytes(this.flow, this.options.history.end))
      if (length === 0) break
      if (!this.options.history.holds(this.flow.sent)) {
        this.options.lost()
        return
      }
      this.send(this.options.history.read(this.flow.sent, length))
      sent += length
    }
    this.settle()
  }

  dispose(): void {
    this.isDisposed = true
    clearImmediate(this.turn)
    clearTimeout(this.stallTimer)
  }

  private send(bytes: Uint8Array): boolean {
    this.flow = afterSend(this.flow, bytes.length)
    return this.options.send(bytes)
  }

  /** Says what comes next: another turn, a wait for the client, or nothing to do. */
  private settle(): void {
    if (this.isDisposed) return
    const { end } = this.options.history
    if (isStalled(this.flow)) {
      if (this.stallTimer === undefined) this.restartStallTimer()
      return
    }
    clearTimeout(this.stallTimer)
    this.stallTimer = undefined
    if (this.flow.sent === end) this.options.drained()
    else
      this.turn ??= setImmediate(() => {
        this.pump()
      })
  }

  private restartStallTimer(): void {
    clearTimeout(this.stallTimer)
    this.stallTimer = setTimeout(this.options.stalled, STALLED_CLIENT_MS)
  }
}
