import type { Clock } from '../clock.ts'
import type { OpenTerminal } from '../worker-client.ts'
import { createOutputCursor, type OutputPart, type OutputPlace } from './output-cursor.ts'

/** What was parsed is acknowledged this long after the last output, so that a window never stays closed. */
const IDLE_ACK_MS = 50

export interface OutputDeliveryDeps {
  clock: Clock
  options: Pick<OpenTerminal, 'onOutput' | 'onReset' | 'onGap'>
  /** Tells the other side that all before `offset` is parsed; called only with what is due. */
  acknowledge: (offset: number) => void
  /** Whether there is anybody to acknowledge to. */
  isAttached: () => boolean
  /** A part was parsed. */
  parsed: () => void
}

/** Hands the output of all connections to whoever shows it, each byte once, and acknowledges what was parsed. */
export class OutputDelivery {
  readonly #deps: OutputDeliveryDeps
  readonly #cursor = createOutputCursor()
  #isAnswering = true
  #cancelIdleAck: () => void = () => undefined
  #isStopped = false

  constructor(deps: OutputDeliveryDeps) {
    this.#deps = deps
  }

  /** What to ask for when attaching: everything before it was delivered. */
  get after(): number | undefined {
    return this.#cursor.after
  }

  /** Delivered and not parsed yet. */
  get backlogBytes(): number {
    return this.#cursor.backlogBytes
  }

  /** Whether what programs ask in output that comes from now on is for this client to answer. */
  answers(isWanted: boolean): void {
    this.#isAnswering = isWanted
  }

  attached(start: OutputPlace): void {
    const { onReset, onGap } = this.#deps.options
    const { isReset, skippedBytes } = this.#cursor.attached(start)
    if (skippedBytes > 0) onGap?.(skippedBytes)
    if (isReset) onReset?.()
  }

  take(bytes: Uint8Array): void {
    for (const part of this.#cursor.take(bytes)) {
      let isParsed = false
      const parsed = (): void => {
        if (!isParsed) this.#parsed(part)
        isParsed = true
      }
      this.#deps.options.onOutput(part.bytes, parsed, part.isReplayed || !this.#isAnswering)
    }
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelIdleAck()
  }

  #parsed(part: OutputPart): void {
    this.#cursor.parsed(part)
    if (this.#isStopped) return
    this.#acknowledge(false)
    this.#cancelIdleAck()
    if (this.#cursor.backlogBytes === 0) {
      this.#cancelIdleAck = this.#deps.clock.schedule(() => this.#acknowledge(true), IDLE_ACK_MS)
    }
    this.#deps.parsed()
  }

  #acknowledge(idle: boolean): void {
    if (!this.#deps.isAttached()) return
    const offset = this.#cursor.dueAck(idle)
    if (offset !== undefined) this.#deps.acknowledge(offset)
  }
}
