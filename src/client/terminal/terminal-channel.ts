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
  /** The connection is over, by either side. */
  ended(code: number): void
}

/** A worker may have to start the runtime first; a connection that has brought no `attached` by then is given up. */
const ATTACH_MS = 30_000
/** Close code of a side that understood its peer no more, or found it gone. */
const GIVEN_UP = 4002

/** One connection to one terminal, from `attach` to its end. Gives up on a peer that errs or falls silent. */
export class TerminalChannel {
  readonly #socket: FrameSocket
  readonly #clock: Clock
  readonly #handlers: ChannelHandlers
  readonly #cancelTimer: () => void
  #liveness: Liveness | undefined
  #isEnded = false

  constructor(
    socket: FrameSocket,
    { attach, clock, handlers }: { attach: Attach; clock: Clock; handlers: ChannelHandlers },
  ) {
    this.#socket = socket
    this.#clock = clock
    this.#handlers = handlers
    this.#cancelTimer = clock.schedule(() => this.giveUp(), ATTACH_MS)
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

  giveUp(): void {
    this.close(GIVEN_UP)
  }

  close(code: number): void {
    this.#socket.close(code)
    this.#end(code)
  }

  #received(message: string | Uint8Array): void {
    if (this.#isEnded) return
    this.#liveness?.heard()
    if (typeof message !== 'string') {
      if (this.isAttached) this.#handlers.output(message)
      else this.giveUp()
      return
    }
    const value = parseJson(message)
    const parsed = ServerMessage.safeParse(value)
    if (!parsed.success) {
      if (!isOfUnknownType(value)) this.giveUp()
    } else if (parsed.data.type === 'attached') this.#attached(parsed.data)
    else if (parsed.data.type !== 'pong') this.#handlers.told(parsed.data)
  }

  #attached(message: Attached): void {
    if (this.#liveness !== undefined) {
      this.giveUp()
      return
    }
    this.#cancelTimer()
    this.#liveness = watchLiveness({
      clock: this.#clock,
      ping: (id) => this.say({ type: 'ping', id }),
      dead: () => this.giveUp(),
    })
    this.#handlers.attached(message)
  }

  #end(code: number): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#cancelTimer()
    this.#liveness?.stop()
    this.#handlers.ended(code)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const KNOWN_TYPES: ReadonlySet<string> = new Set(ServerMessage.options.map(({ shape }) => shape.type.value))

/** A newer terminal may tell more than this client can hear. */
function isOfUnknownType(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  return typeof value.type === 'string' && !KNOWN_TYPES.has(value.type)
}
