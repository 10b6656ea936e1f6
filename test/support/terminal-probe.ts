import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import WebSocket from 'ws'
import { TERMINAL_SUBPROTOCOL } from '../../src/contract/terminal/limits.ts'
import { type ClientMessage, ServerMessage } from '../../src/contract/terminal/messages.ts'
import type { RuntimeContainer } from './runtime-container.ts'
import { withoutMarks } from './without-marks.ts'

type Attach = Extract<ClientMessage, { type: 'attach' }>
type Attached = Extract<ServerMessage, { type: 'attached' }>

/** Where a runtime answers, or an agent, which has the terminals of a workspace at a path of its own. */
type ProbedRuntime = Pick<RuntimeContainer, 'url' | 'token'> & { path?: string }

export interface ProbeOptions extends Partial<Omit<Attach, 'type'>> {
  /** Whether output is acknowledged as it comes. Default: yes. */
  acknowledges?: boolean
}

/** One connection of `berth.terminal.1`, byte by byte as it comes, for tests that wait for what they expect. */
export class TerminalProbe {
  readonly terminal: string
  readonly client: string
  readonly socket: WebSocket
  readonly messages: ServerMessage[] = []
  /** Code of the close, once there was one. */
  closed: number | undefined
  /** Offset of the end of what came. */
  offset = 0
  inputAcked = 0
  private screenBytesLeft = 0
  private readonly screenChunks: Buffer[] = []
  private chunks: Buffer[] = []
  private readonly waiting = new Set<() => void>()

  private constructor(socket: WebSocket, options: ProbeOptions) {
    this.socket = socket
    this.terminal = options.terminal ?? randomUUID()
    this.client = options.client ?? randomUUID()
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.receiveOutput(data, options.acknowledges ?? true)
      else this.takeMessage(ServerMessage.parse(JSON.parse(data.toString())))
      this.wake()
    })
    socket.on('close', (code) => {
      this.closed = code
      this.wake()
    })
    socket.on('error', () => undefined)
  }

  /** Opens a connection that has sent nothing yet. */
  static async connect(runtime: ProbedRuntime, options: ProbeOptions = {}): Promise<TerminalProbe> {
    const url = `${runtime.url.replace('http', 'ws')}${runtime.path ?? '/api/v1/terminals'}`
    const socket = new WebSocket(url, TERMINAL_SUBPROTOCOL, {
      headers: { authorization: `Bearer ${runtime.token}` },
      perMessageDeflate: false,
    })
    const probe = new TerminalProbe(socket, options)
    await once(socket, 'open')
    return probe
  }

  /** Opens a connection and attaches; the login shell of a new terminal, where nothing else is said. */
  static async attach(runtime: ProbedRuntime, options: ProbeOptions = {}): Promise<TerminalProbe> {
    const probe = await TerminalProbe.connect(runtime, options)
    const { acknowledges: _, ...attach } = options
    const { terminal, client } = probe
    probe.say({ type: 'attach', create: {}, cols: 80, rows: 24, ...attach, terminal, client })
    await probe.until(() => probe.messages.length > 0)
    return probe
  }

  get attached(): Attached {
    const [first] = this.messages
    if (first?.type !== 'attached') throw new Error(`Not attached: ${JSON.stringify(first)}`)
    return first
  }

  get output(): Buffer {
    const whole = Buffer.concat(this.chunks)
    this.chunks = [whole]
    return whole
  }

  /** The screen that came before the output, as far as it has come. */
  get screen(): Buffer {
    return Buffer.concat(this.screenChunks)
  }

  /** Whether the output ends with `text`, as far as it has come; looked at without the rest of it. */
  endsWith(text: string): boolean {
    return Buffer.concat(this.chunks.slice(-text.length)).subarray(-text.length).toString('utf8') === text
  }

  /** The output that came since the last time, which is kept no longer. */
  takeOutput(): Buffer {
    return Buffer.concat(this.chunks.splice(0))
  }

  get text(): string {
    return withoutMarks(this.output.toString('utf8'))
  }

  find<Type extends ServerMessage['type']>(type: Type): Extract<ServerMessage, { type: Type }> | undefined {
    return this.messages.find((message): message is Extract<ServerMessage, { type: Type }> => message.type === type)
  }

  say(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message))
  }

  type(input: string | Uint8Array): void {
    this.socket.send(Buffer.from(input))
  }

  /** Resolves once `isReached`; rejects when the connection closed without it. */
  until(isReached: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (isReached()) resolve()
        else if (this.closed !== undefined) {
          reject(new Error(`Closed (${this.closed}) before it came: ${JSON.stringify(this.messages.at(-1))}`))
        } else return
        this.waiting.delete(look)
      }
      this.waiting.add(look)
      look()
    })
  }

  untilText(part: string | RegExp): Promise<void> {
    return this.until(() => (typeof part === 'string' ? this.text.includes(part) : part.test(this.text)))
  }

  untilClosed(): Promise<void> {
    return this.until(() => this.closed !== undefined)
  }

  /** Lets go as a lost network does: without a word. */
  drop(): void {
    this.socket.terminate()
  }

  private receiveOutput(data: Buffer, acknowledges: boolean): void {
    if (this.screenBytesLeft > 0) {
      this.screenBytesLeft -= data.length
      this.screenChunks.push(data)
      return
    }
    this.chunks.push(data)
    this.offset += data.length
    if (acknowledges) this.say({ type: 'ack', offset: this.offset })
  }

  private takeMessage(message: ServerMessage): void {
    this.messages.push(message)
    if (message.type === 'attached') {
      this.offset = message.offset
      this.screenBytesLeft = message.snapshotBytes
    }
    if (message.type === 'inputAck') this.inputAcked = message.offset
  }

  private wake(): void {
    for (const look of this.waiting) look()
  }
}
