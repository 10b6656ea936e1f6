import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { assertNever } from '../assert-never.ts'
import { LinkError } from '../link-error.ts'
import { randomUuid } from '../random-uuid.ts'
import type { OpenTerminal, TerminalClient, TerminalHealth, TerminalState } from '../worker-client.ts'
import { ClientHealth } from './client-health.ts'
import { InputDelivery } from './input-delivery.ts'
import { OutputDelivery } from './output-delivery.ts'
import { OwnSize } from './own-size.ts'
import { Presence } from './presence.ts'
import { Reattachment, type ReattachmentDeps } from './reattachment.ts'
import { endOfClose, failed } from './refusals.ts'
import { type Attach, type Attached, TerminalChannel, type Told } from './terminal-channel.ts'

export interface TerminalDeps extends Pick<ReattachmentDeps, 'open' | 'clock' | 'random'> {
  /** The client will do nothing more: exited, failed or disposed. */
  ended: () => void
}

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
  #isClosing = false
  #waitsForParser = false
  #isEnded = false
  readonly #presence: Presence
  readonly #clientId = randomUuid()
  readonly #input: InputDelivery
  readonly #output: OutputDelivery
  readonly #reattachment: Reattachment
  readonly #size: OwnSize
  readonly #health: ClientHealth
  readonly #options: OpenTerminal
  readonly #deps: TerminalDeps

  constructor(options: OpenTerminal, deps: TerminalDeps) {
    this.id = options.terminal
    this.#options = options
    this.#deps = deps
    this.#presence = new Presence(options, deps.clock)
    this.#input = new InputDelivery(options, () => this.#channel)
    this.#size = new OwnSize(options, () => this.#channel)
    this.#health = new ClientHealth(options, () => this.#input.heldBytes)
    this.#output = new OutputDelivery({
      clock: deps.clock,
      options,
      acknowledge: (offset) => this.#channel?.say({ type: 'ack', offset }),
      isAttached: () => this.#channel?.isAttached === true,
      parsed: () => this.#connectOnceParsed(),
    })
    this.#reattachment = new Reattachment({
      ...deps,
      due: () => this.#connect(),
      opened: (socket) => this.#attach(socket),
      failed: (error) => this.#refused(error),
    })
    this.#connect()
  }

  get state(): TerminalState {
    return this.#state
  }

  get health(): TerminalHealth {
    return this.#health.value
  }

  get pendingInputBytes(): number {
    return this.#input.heldBytes
  }

  write(bytes: Uint8Array): void {
    if (this.#isEnded) return
    this.#input.write(bytes)
    if (this.#state.status === 'reconnecting') this.#enter({ ...this.#state, heldBytes: this.#input.heldBytes })
  }

  resize(cols: number, rows: number): void {
    this.#size.resize(cols, rows)
  }

  claim(): void {
    this.#size.claim()
  }

  close(): void {
    this.#isClosing = true
    this.#channel?.say({ type: 'close' })
  }

  retryNow(): void {
    if (this.#channel === undefined) this.#connect()
    else this.#channel.probe()
  }

  dispose(): void {
    this.#finish()
  }

  #connect(): void {
    this.#waitsForParser = this.#output.backlogBytes > RECONNECT_BACKLOG_BYTES
    if (!this.#waitsForParser) this.#reattachment.now()
  }

  #connectOnceParsed(): void {
    if (this.#waitsForParser) this.#connect()
  }

  #refused(error: unknown): void {
    const isFinal = error instanceof LinkError && error.reason !== 'unreachable'
    if (isFinal) this.#finish(this.#presence.endOf(error))
    else this.#reconnect(this.#deps.clock.now())
  }

  #attach(socket: FrameSocket): void {
    const attach = this.#request()
    this.#channel = new TerminalChannel(socket, {
      attach,
      attachMs: this.#presence.attachMs,
      clock: this.#deps.clock,
      handlers: {
        attached: (message) => this.#attached(message, attach),
        output: (bytes) => this.#output.take(bytes),
        told: (message) => this.#told(message),
        measured: (ms) => this.#health.measured(ms),
        ended: (code, since) => this.#lost(code, since),
      },
    })
  }

  #request(): Attach {
    const after = this.#output.after
    return {
      type: 'attach',
      terminal: this.id,
      client: this.#clientId,
      ...this.#size.value,
      ...this.#presence.creation,
      ...(after !== undefined ? { after } : {}),
    }
  }

  #attached(message: Attached, asked: Attach): void {
    if (message.terminal !== this.id) {
      this.#channel?.giveUp()
      return
    }
    if (!this.#input.attached(message.inputOffset)) {
      this.#finish(failed('INTERNAL_SERVER_ERROR', 'The terminal and this screen disagree on what was typed.'))
      return
    }
    this.#presence.attached()
    this.#input.offerUnsent(this.#reattachment.downSince)
    this.#reattachment.succeeded()
    this.#output.answers(message.answers)
    this.#output.attached(message)
    this.#size.attached(asked)
    this.#options.onTitle?.(message.title)
    this.#input.flush()
    if (this.#isClosing) this.#channel?.say({ type: 'close' })
    this.#health.attached(message)
    this.#enter({ status: 'live' })
  }

  #told(message: Told): void {
    switch (message.type) {
      case 'inputAck':
        if (!this.#input.taken(message.offset)) this.#channel?.giveUp()
        break
      case 'answers':
        this.#output.answers(message.wanted)
        break
      case 'title':
        this.#options.onTitle?.(message.title)
        break
      case 'exit':
        this.#exited(message)
        break
      case 'error':
        if (this.#presence.mayPass(message.code)) this.#channel?.giveUp()
        else this.#finish(this.#presence.endOf(message))
        break
      case 'size':
        this.#health.sized(message)
        break
      case 'clients':
        this.#health.counted(message)
        break
      default:
        assertNever(message)
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

  #lost(code: number, since: number): void {
    this.#channel = undefined
    const end = endOfClose(code)
    if (end === undefined) this.#reconnect(since)
    else this.#finish(end)
  }

  #reconnect(at: number): void {
    if (this.#isEnded) return
    this.#reattachment.later(at)
    if (!this.#presence.wasThere) return
    const { downSince: since = at, attempts: attempt, isOffline } = this.#reattachment
    this.#enter({ status: 'reconnecting', since, attempt, isOffline, heldBytes: this.#input.heldBytes })
  }

  /** Lets go for good; with a last state where there is one to tell. */
  #finish(state?: TerminalState): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#reattachment.stop()
    this.#output.stop()
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
