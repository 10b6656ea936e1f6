import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { assertNever } from '../assert-never.ts'
import type { Clock } from '../clock.ts'
import { backoffMs } from '../connection/backoff.ts'
import { isAborted } from '../is-aborted.ts'
import { LinkError } from '../link-error.ts'
import type { OpenTerminal, TerminalClient, TerminalState } from '../worker-client.ts'
import { createInputQueue } from './input-queue.ts'
import { createOutputCursor, type OutputPart } from './output-cursor.ts'
import { failed, failureOfClose, mayPass } from './refusals.ts'
import { type Attach, type Attached, TerminalChannel, type Told } from './terminal-channel.ts'

export interface TerminalDeps {
  /** Opens a channel to the workspace's terminals. Rejects with `LinkError`. */
  open: (signal: AbortSignal) => Promise<FrameSocket>
  clock: Clock
  /** From 0 to 1. */
  random: () => number
  /** The client will do nothing more: exited, failed or disposed. */
  ended: () => void
}

/** What was parsed is acknowledged this long after the last output, so that a window never stays closed. */
const IDLE_ACK_MS = 50
/** With more than this left to parse, a broken connection is not made anew yet: what it brings must find room. */
const RECONNECT_BACKLOG_BYTES = 262_144

/** See `TerminalClient`. Begins to connect at once. */
export function createTerminalClient(options: OpenTerminal, deps: TerminalDeps): TerminalClient {
  return new ReattachingTerminal(options, deps)
}

class ReattachingTerminal implements TerminalClient {
  readonly id: string
  #state: TerminalState = { status: 'connecting' }
  #channel: TerminalChannel | undefined
  #attempt = 0
  #wasAttached = false
  #isClosing = false
  #isOpening = false
  #waitsForParser = false
  #cancelRetry: () => void = () => undefined
  #cancelIdleAck: () => void = () => undefined
  readonly #ended = new AbortController()
  readonly #clientId = crypto.randomUUID()
  readonly #input = createInputQueue()
  readonly #output = createOutputCursor()
  readonly #size: { cols: number; rows: number }
  readonly #options: OpenTerminal
  readonly #deps: TerminalDeps

  constructor(options: OpenTerminal, deps: TerminalDeps) {
    this.id = options.terminal
    this.#options = options
    this.#deps = deps
    this.#size = { cols: options.cols, rows: options.rows }
    void this.#connect()
  }

  get state(): TerminalState {
    return this.#state
  }

  get pendingInputBytes(): number {
    return this.#input.heldBytes
  }

  write(bytes: Uint8Array): void {
    if (this.#ended.signal.aborted) return
    this.#input.push(bytes)
    this.#flushInput()
    if (this.#state.status === 'reconnecting') this.#enter({ ...this.#state, heldBytes: this.#input.heldBytes })
  }

  resize(cols: number, rows: number): void {
    this.#size.cols = cols
    this.#size.rows = rows
    this.#channel?.say({ type: 'resize', cols, rows })
  }

  close(): void {
    this.#isClosing = true
    this.#channel?.say({ type: 'close' })
  }

  retryNow(): void {
    if (this.#channel === undefined) void this.#connect()
  }

  dispose(): void {
    this.#finish()
  }

  async #connect(): Promise<void> {
    this.#cancelRetry()
    if (this.#isOpening || this.#ended.signal.aborted) return
    this.#waitsForParser = this.#output.backlogBytes > RECONNECT_BACKLOG_BYTES
    if (this.#waitsForParser) return
    this.#isOpening = true
    try {
      const socket = await this.#deps.open(this.#ended.signal)
      this.#isOpening = false
      if (isAborted(this.#ended.signal)) socket.close(CLOSE.exited)
      else this.#attach(socket)
    } catch (error) {
      this.#isOpening = false
      const isFinal = error instanceof LinkError && error.reason !== 'unreachable'
      if (isFinal) this.#finish(failed(error.code, error.message))
      else this.#reconnect()
    }
  }

  #attach(socket: FrameSocket): void {
    const { terminal, create } = this.#options
    const after = this.#output.after
    const attach: Attach = {
      type: 'attach',
      terminal,
      client: this.#clientId,
      ...this.#size,
      // A terminal that was there once is not made again: what is gone has ended.
      ...(create !== undefined && !this.#wasAttached ? { create } : {}),
      ...(after !== undefined ? { after } : {}),
    }
    this.#channel = new TerminalChannel(socket, {
      attach,
      clock: this.#deps.clock,
      handlers: {
        attached: (message) => this.#attached(message),
        output: (bytes) => this.#deliver(bytes),
        told: (message) => this.#told(message),
        ended: (code) => this.#lost(code),
      },
    })
  }

  #attached(message: Attached): void {
    const { cols, rows } = this.#size
    if (message.terminal !== this.id) {
      this.#channel?.giveUp()
      return
    }
    if (!this.#input.resumeAt(message.inputOffset)) {
      this.#finish(failed('INTERNAL_SERVER_ERROR', 'The terminal and this screen disagree on what was typed.'))
      return
    }
    this.#wasAttached = true
    this.#attempt = 0
    const skipped = this.#output.attached(message)
    if (skipped > 0) this.#options.onGap?.(skipped)
    if (message.cols !== cols || message.rows !== rows) this.#channel?.say({ type: 'resize', cols, rows })
    this.#options.onTitle?.(message.title)
    this.#flushInput()
    if (this.#isClosing) this.#channel?.say({ type: 'close' })
    this.#enter({ status: 'live' })
  }

  #told(message: Told): void {
    switch (message.type) {
      case 'inputAck':
        this.#inputTaken(message.offset)
        break
      case 'title':
        this.#options.onTitle?.(message.title)
        break
      case 'exit':
        this.#exited(message)
        break
      case 'error':
        if (this.#wasAttached && mayPass(message.code)) this.#channel?.giveUp()
        else this.#finish(failed(message.code, message.message, message.hint))
        break
      case 'size':
      case 'clients':
        break
      default:
        assertNever(message)
    }
  }

  #inputTaken(offset: number): void {
    if (this.#input.acknowledge(offset)) {
      this.#flushInput()
      this.#options.onInputTaken?.(this.#input.heldBytes)
    } else {
      this.#channel?.giveUp()
    }
  }

  #exited({ offset, code, signal }: Extract<Told, { type: 'exit' }>): void {
    // The end of the output may still be missing: it is fetched by attaching again.
    if (this.#output.after === offset) {
      this.#finish({ status: 'exited', exit: { code, ...(signal === undefined ? {} : { signal }) } })
    } else {
      this.#channel?.giveUp()
    }
  }

  #deliver(bytes: Uint8Array): void {
    for (const part of this.#output.take(bytes)) {
      let isParsed = false
      this.#options.onOutput(part.bytes, () => {
        if (!isParsed) this.#parsed(part)
        isParsed = true
      })
    }
  }

  #parsed(part: OutputPart): void {
    this.#output.parsed(part)
    if (this.#ended.signal.aborted) return
    this.#acknowledge(false)
    this.#cancelIdleAck()
    if (this.#output.backlogBytes === 0) {
      this.#cancelIdleAck = this.#deps.clock.schedule(() => this.#acknowledge(true), IDLE_ACK_MS)
    }
    if (this.#waitsForParser && this.#output.backlogBytes <= RECONNECT_BACKLOG_BYTES) void this.#connect()
  }

  #acknowledge(idle: boolean): void {
    if (this.#channel?.isAttached !== true) return
    const offset = this.#output.dueAck(idle)
    if (offset !== undefined) this.#channel.say({ type: 'ack', offset })
  }

  #flushInput(): void {
    if (this.#channel?.isAttached !== true) return
    for (let next = this.#input.next(); next !== undefined; next = this.#input.next()) this.#channel.say(next)
  }

  #lost(code: number): void {
    this.#channel = undefined
    const failure = failureOfClose(code)
    if (failure === undefined) this.#reconnect()
    else this.#finish(failure)
  }

  #reconnect(): void {
    if (this.#ended.signal.aborted) return
    this.#attempt += 1
    const { clock, random } = this.#deps
    const since = this.#state.status === 'reconnecting' ? this.#state.since : clock.now()
    if (this.#wasAttached) this.#enter({ status: 'reconnecting', since, heldBytes: this.#input.heldBytes })
    this.#cancelRetry = clock.schedule(() => void this.#connect(), backoffMs(this.#attempt, random))
  }

  /** Lets go for good; with a last state where there is one to tell. */
  #finish(state?: TerminalState): void {
    if (this.#ended.signal.aborted) return
    this.#ended.abort()
    this.#cancelRetry()
    this.#cancelIdleAck()
    this.#channel?.close(CLOSE.exited)
    this.#channel = undefined
    if (state !== undefined) this.#enter(state)
    this.#deps.ended()
  }

  #enter(state: TerminalState): void {
    this.#state = state
    this.#options.onState(state)
  }
}
