import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { type ClientMessage, ServerMessage } from '../../contract/terminal/messages.ts'
import type { Clock } from '../clock.ts'
import { type Liveness, watchLiveness } from './liveness.ts'

export type Attach = Extract<ClientMessage, { type: 'attach' }>
export type Attached = Extract<ServerMessage, { type: 'attached' }>
export type Told = Exclude<ServerMessage, Attached | { type: 'pong' }>

/** What one connection to a terminal brings. Nothing is called after `ended`. */
export interface ChannelHandlers {
  attached(message: Attached): void
  output(bytes: Uint8Array): void
  told(message: Told): void
  /** A question was answered after this long. */
  measured(roundTripMs: number): void
  /** The connection is over, by either side; `since` is when it was last known to be there. */
  ended(code: number, since: number): void
}

/** An attempt of this age is given up where there is a reason to think that the network is another. */
const STUCK_MS = 1_000
/** Close code of a side that understood its peer no more, or found it gone. */
const GIVEN_UP = 4002

export interface ChannelOptions {
  attach: Attach
  /** A connection that has brought no `attached` by then is given up. */
  attachMs: number
  clock: Clock
  handlers: ChannelHandlers
}

/** One connection to one terminal, from `attach` to its end. Gives up on a peer that errs or falls silent. */
export class TerminalChannel {
  readonly #socket: FrameSocket
  readonly #clock: Clock
  readonly #handlers: ChannelHandlers
  readonly #openedAt: number
  readonly #cancelTimer: () => void
  #liveness: Liveness | undefined
  #isEnded = false

  constructor(socket: FrameSocket, { attach, attachMs, clock, handlers }: ChannelOptions) {
    this.#socket = socket
    this.#clock = clock
    this.#handlers = handlers
    this.#openedAt = clock.now()
    this.#cancelTimer = clock.schedule(() => this.giveUp(), attachMs)
    socket.send(JSON.stringify(attach))
    socket.listen({
      message: (message) => this.#received(message),
      closed: (code) => this.#end(code),
    })
  }

  get isAttached(): boolean {
    return this.#liveness !== undefined && !this.#isEnded
  }

  /** Sends what may be said once attached; before, it is dropped. */
  say(message: Exclude<ClientMessage, Attach> | Uint8Array): void {
    if (this.isAttached) this.#socket.send(message instanceof Uint8Array ? message : JSON.stringify(message))
  }

  /** Finds out now whether the other side is there: the network changed, or the computer woke. */
  probe(): void {
    if (this.#liveness !== undefined) this.#liveness.ask()
    else if (this.#clock.now() - this.#openedAt >= STUCK_MS) this.giveUp()
  }

  giveUp(since?: number): void {
    this.close(GIVEN_UP, since)
  }

  close(code: number, since?: number): void {
    this.#end(code, since)
    this.#socket.close(code)
  }

  #received(message: string | Uint8Array): void {
    if (this.#isEnded) return
    this.#liveness?.heard(typeof message === 'string' ? 0 : message.byteLength)
    if (typeof message !== 'string') {
      if (this.isAttached) this.#handlers.output(message)
      else this.giveUp()
      return
    }
    const told = parseJson(message)
    const parsed = ServerMessage.safeParse(told)
    if (parsed.success) this.#told(parsed.data)
    else if (!isOfUnknownType(told)) this.giveUp()
  }

  #told(message: ServerMessage): void {
    if (message.type === 'attached') this.#attached(message)
    else if (message.type === 'pong') this.#liveness?.answered(message.id)
    else this.#handlers.told(message)
  }

  #attached(message: Attached): void {
    if (this.#liveness !== undefined) {
      this.giveUp()
      return
    }
    this.#cancelTimer()
    this.#liveness = watchLiveness({
      clock: this.#clock,
      screenBytes: message.snapshotBytes,
      ping: (id) => this.#socket.send(JSON.stringify({ type: 'ping', id } satisfies ClientMessage)),
      measured: (roundTripMs) => this.#handlers.measured(roundTripMs),
      dead: (lastHeardAt) => this.giveUp(lastHeardAt),
    })
    this.#handlers.attached(message)
  }

  #end(code: number, since = this.#clock.now()): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#cancelTimer()
    this.#liveness?.stop()
    this.#handlers.ended(code, since)
  }
}

const KNOWN_TYPES: ReadonlySet<string> = new Set(ServerMessage.options.map(({ shape }) => shape.type.value))

/** What a newer worker says beside what this version knows does no harm. */
function isOfUnknownType(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || !('type' in told)) return false
  return typeof told.type === 'string' && !KNOWN_TYPES.has(told.type)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
