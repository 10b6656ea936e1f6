import type { Clock } from '../../src/client/clock.ts'
import { FrameInbox } from '../../src/client/frames/frame-inbox.ts'
import { LinkError } from '../../src/client/link-error.ts'
import type { FrameHandlers, FrameSocket } from '../../src/contract/terminal/frame-socket.ts'
import { OUTPUT_WINDOW_BYTES } from '../../src/contract/terminal/limits.ts'
import { ClientMessage, type ServerMessage } from '../../src/contract/terminal/messages.ts'

/** How much one connection carries, each way, before it breaks in the middle of a message. */
export interface Cut {
  downBytes: number
  upBytes: number
}

/** What a serialised screen is made of here. */
export const SNAPSHOT_BYTE = 0x53

export interface SimulationOptions {
  clock: Clock
  /** One per connection, in order; connections after the last are not cut. */
  cuts?: Cut[]
  /** How output is cut into messages. */
  messageBytes?: number
  /** Bytes that are kept for replay. */
  ringBytes?: number
  /** Bytes of a serialised screen that come first where what is asked for is not kept any more. */
  snapshotBytes?: number
  windowBytes?: number
}

/**
 * The runtime's side of one terminal as `contract.md` §3 has it, over connections that break where a test says. What the
 * program wrote is `output`; what it read is `typed`.
 */
export class SimulatedTerminal {
  readonly typed: number[] = []
  readonly attaches: Extract<ClientMessage, { type: 'attach' }>[] = []
  readonly control: ClientMessage[] = []
  output = new Uint8Array(0)
  exit: { code: number; signal?: number } | undefined
  /** Answers nothing, as a peer that vanished. */
  isMute = false
  /** A network that swallows what goes one way, and lets the other through. */
  swallows: 'up' | 'down' | undefined
  /** A network that answers no attempt to connect, nor refuses it. */
  isBlackHole = false
  /** What whoever wants to attach is told, instead of being attached. */
  refusal: Omit<Extract<ServerMessage, { type: 'error' }>, 'type'> | undefined
  /** Takes input without saying so. */
  acknowledgesInput = true
  mostUnacknowledged = 0
  /** Attempts to connect. */
  opens = 0
  readonly options: SimulationOptions
  readonly #cuts: Cut[]
  #connection: SimulatedConnection | undefined

  constructor(options: SimulationOptions) {
    this.options = options
    this.#cuts = [...(options.cuts ?? [])]
  }

  get isConnected(): boolean {
    return this.#connection !== undefined
  }

  readonly open = async (signal: AbortSignal): Promise<FrameSocket> => {
    signal.throwIfAborted()
    this.opens += 1
    if (this.isMute) throw new LinkError('unreachable', 'Nobody answers.')
    if (this.isBlackHole) return new Promise(() => undefined)
    this.#connection?.break(1006)
    const cut = this.#cuts.shift() ?? { downBytes: Infinity, upBytes: Infinity }
    this.#connection = new SimulatedConnection(this, cut)
    return this.#connection
  }

  write(bytes: Uint8Array): void {
    const grown = new Uint8Array(this.output.byteLength + bytes.byteLength)
    grown.set(this.output)
    grown.set(bytes, this.output.byteLength)
    this.output = grown
    this.#connection?.flush()
  }

  end(exit: { code: number; signal?: number }): void {
    this.exit = exit
    this.#connection?.flush()
  }

  break(code: number): void {
    this.#connection?.break(code)
  }

  forget(connection: SimulatedConnection): void {
    if (this.#connection === connection) this.#connection = undefined
  }

  say(message: ServerMessage): void {
    this.#connection?.say(message)
  }

  /** Says what may be no message at all. */
  sayText(text: string): void {
    this.#connection?.deliver(text)
  }
}

class SimulatedConnection implements FrameSocket {
  readonly bufferedBytes = 0
  readonly #terminal: SimulatedTerminal
  readonly #left: Cut
  readonly #inbox = new FrameInbox()
  #sent: number | undefined
  #acknowledged = 0
  #exitSent = false

  constructor(terminal: SimulatedTerminal, cut: Cut) {
    this.#terminal = terminal
    this.#left = { ...cut }
  }

  listen(handlers: FrameHandlers): void {
    this.#inbox.listen(handlers)
  }

  pause(): void {
    // Not simulated.
  }

  resume(): void {
    // Not simulated.
  }

  close(code: number, reason = ''): void {
    this.#terminal.forget(this)
    this.#inbox.close(code, reason)
  }

  send(message: string | Uint8Array): void {
    if (this.#inbox.isClosed || !this.#fits('upBytes', message.length)) return
    // A message arrives later than it is sent, as on every wire.
    queueMicrotask(() => this.#take(message))
  }

  break(code: number): void {
    this.#terminal.forget(this)
    this.#inbox.close(code, '')
  }

  say(message: ServerMessage): void {
    this.deliver(JSON.stringify(message))
  }

  flush(): void {
    const { output, exit, options } = this.#terminal
    const window = options.windowBytes ?? OUTPUT_WINDOW_BYTES
    while (this.#sent !== undefined && this.#sent < output.byteLength && this.#sent - this.#acknowledged < window) {
      const size = Math.min(options.messageBytes ?? 4096, window - (this.#sent - this.#acknowledged))
      const message = output.slice(this.#sent, this.#sent + size)
      this.#sent += message.byteLength
      this.#terminal.mostUnacknowledged = Math.max(this.#terminal.mostUnacknowledged, this.#sent - this.#acknowledged)
      this.deliver(message)
    }
    if (exit !== undefined && this.#sent === output.byteLength && !this.#exitSent) {
      this.#exitSent = true
      this.say({ type: 'exit', offset: this.#sent, ...exit })
    }
  }

  #take(message: string | Uint8Array): void {
    if (this.#inbox.isClosed || this.#terminal.isMute || this.#terminal.swallows === 'up') return
    if (typeof message !== 'string') {
      this.#terminal.typed.push(...message)
      if (this.#terminal.acknowledgesInput) this.say({ type: 'inputAck', offset: this.#terminal.typed.length })
      return
    }
    const parsed = ClientMessage.parse(JSON.parse(message))
    this.#terminal.control.push(parsed)
    if (parsed.type === 'attach') this.#attach(parsed)
    else if (parsed.type === 'ping') this.say({ type: 'pong', id: parsed.id })
    else if (parsed.type === 'ack') {
      this.#acknowledged = Math.max(this.#acknowledged, parsed.offset)
      this.flush()
    } else if (parsed.type === 'close') this.#terminal.end({ code: 0, signal: 1 })
  }

  #attach(attach: Extract<ClientMessage, { type: 'attach' }>): void {
    const { attaches, output, options, typed } = this.#terminal
    attaches.push(attach)
    if (this.#terminal.refusal !== undefined) {
      this.say({ type: 'error', ...this.#terminal.refusal })
      return
    }
    const oldest = Math.max(0, output.byteLength - (options.ringBytes ?? Infinity))
    const wanted = attach.after ?? oldest
    const offset = Math.max(wanted, oldest)
    const isTooOld = attach.after === undefined ? oldest > 0 : attach.after < oldest
    const snapshot = new Uint8Array(isTooOld ? (options.snapshotBytes ?? 0) : 0).fill(SNAPSHOT_BYTE)
    this.#sent = offset
    this.#acknowledged = offset
    this.say({
      type: 'attached',
      terminal: attach.terminal,
      offset,
      inputOffset: typed.length,
      snapshotBytes: snapshot.byteLength,
      title: 'bash',
      cols: attach.cols,
      rows: attach.rows,
      clients: 1,
      answers: true,
    })
    const size = options.messageBytes ?? 4096
    for (let at = 0; at < snapshot.byteLength; at += size) this.deliver(snapshot.subarray(at, at + size))
    this.flush()
  }

  deliver(message: string | Uint8Array): void {
    if (
      this.#inbox.isClosed ||
      this.#terminal.isMute ||
      this.#terminal.swallows === 'down' ||
      !this.#fits('downBytes', message.length)
    )
      return
    queueMicrotask(() => this.#inbox.message(message))
  }

  /** Whether the wire still carries `size` bytes this way; where it does not, it breaks for both. */
  #fits(way: keyof Cut, size: number): boolean {
    this.#left[way] -= size
    if (this.#left[way] >= 0) return true
    queueMicrotask(() => this.break(1006))
    return false
  }
}
