import type { ErrorCode } from '../contract/errors.ts'
import type { FrameSocket } from '../contract/terminal/frame-socket.ts'
import { CLOSE, INPUT_WINDOW_BYTES, MAX_INPUT_MESSAGE_BYTES } from '../contract/terminal/limits.ts'
import type { ClientMessage, ServerMessage } from '../contract/terminal/messages.ts'
import { assertNever } from '../domain/assert-never.ts'
import { parseClientMessage } from './client-message.ts'
import { OutputSender } from './output-sender.ts'
import { rateLimit } from './rate-limit.ts'
import type { Report } from './report.ts'
import { replayOffset } from './ring-arithmetic.ts'
import type { Terminal, Viewer } from './terminal.ts'
import { TerminalRefusal, type Terminals } from './terminals.ts'

/** A connection that has not attached by then is closed. */
const ATTACH_TIMEOUT_MS = 10_000
/** Beyond any client that keeps to `INPUT_WINDOW_BYTES`, so that only one that ignores it is closed. */
const MAX_WAITING_INPUT_BYTES = 4 * INPUT_WINDOW_BYTES
/** Input is acknowledged when so much was taken, or so long after. */
const INPUT_ACK_BYTES = 32_768
const INPUT_ACK_MS = 10
const MESSAGES_PER_SECOND = 5_000
const MESSAGE_BURST = 10_000

interface Failure {
  code: ErrorCode
  message: string
  hint?: string | undefined
}
type Attach = Extract<ClientMessage, { type: 'attach' }>
type State =
  | { status: 'waiting'; timer: NodeJS.Timeout }
  | { status: 'attached'; terminal: Terminal; sender: OutputSender }
  | { status: 'closed' }

/** Serves `berth.terminal.1` to one client over `socket`, until either side closes. */
export function serveTerminal(socket: FrameSocket, deps: { terminals: Terminals; report: Report }): void {
  new TerminalConnection(socket, deps)
}

class TerminalConnection implements Viewer {
  private readonly socket: FrameSocket
  private readonly terminals: Terminals
  private readonly report: Report
  private readonly isWithinRate = rateLimit(MESSAGES_PER_SECOND, MESSAGE_BURST, () => performance.now())
  private state: State
  private ackTimer: NodeJS.Timeout | undefined
  private takenInput = 0
  private ackedInput = 0

  constructor(socket: FrameSocket, deps: { terminals: Terminals; report: Report }) {
    this.socket = socket
    this.terminals = deps.terminals
    this.report = deps.report
    const timer = setTimeout(() => {
      this.refuse('TIMEOUT', 'No "attach" came.')
    }, ATTACH_TIMEOUT_MS)
    this.state = { status: 'waiting', timer }
    socket.listen({
      message: (message) => {
        this.receive(message)
      },
      closed: () => {
        this.leave()
      },
    })
  }

  get holdsBack(): boolean {
    return this.state.status === 'attached' && this.state.sender.holdsBack
  }

  produced(bytes: Buffer, offset: number): boolean {
    return this.state.status === 'attached' && this.state.sender.produced(bytes, offset)
  }

  exited(): void {
    if (this.state.status === 'attached') this.state.sender.pump()
  }

  /** Acknowledges a paste at once, and keys a moment later: what they print comes first. */
  inputTaken(offset: number): void {
    this.takenInput = offset
    if (offset - this.ackedInput >= INPUT_ACK_BYTES) this.acknowledgeInput()
    else this.ackTimer ??= setTimeout(this.acknowledgeInput, INPUT_ACK_MS)
  }

  private readonly acknowledgeInput = (): void => {
    clearTimeout(this.ackTimer)
    this.ackTimer = undefined
    this.ackedInput = this.takenInput
    this.send({ type: 'inputAck', offset: this.takenInput })
  }

  replaced(): void {
    this.send({
      type: 'error',
      code: 'CONFLICT',
      message: 'This terminal was opened elsewhere.',
      hint: 'Attach again to bring it back here.',
    })
    this.close(CLOSE.takenOver, 'taken over')
  }

  removed(): void {
    this.close(CLOSE.exited, 'ended')
  }

  private receive(message: string | Uint8Array): void {
    if (this.state.status === 'closed') return
    try {
      if (!this.isWithinRate()) this.refuse('TOO_MANY_REQUESTS', 'Messages come too fast.')
      else if (typeof message === 'string') this.receiveText(message)
      else this.receiveInput(message)
    } catch (error) {
      this.report('error', 'a terminal connection failed', { error })
      this.fail(CLOSE.failed, {
        code: 'INTERNAL_SERVER_ERROR',
        message: 'The terminal failed; the log of the workspace says why.',
      })
    }
  }

  private receiveText(text: string): void {
    const parsed = parseClientMessage(text)
    if ('problem' in parsed) this.refuse('BAD_REQUEST', parsed.problem)
    else if (parsed.message.type === 'ping') this.send({ type: 'pong', id: parsed.message.id })
    else if (parsed.message.type === 'attach') this.attach(parsed.message)
    else if (this.state.status !== 'attached') this.refuse('BAD_REQUEST', 'The first message has to be "attach".')
    else this.obey(parsed.message, this.state)
  }

  private obey(
    message: Exclude<ClientMessage, { type: 'attach' | 'ping' }>,
    { terminal, sender }: Extract<State, { status: 'attached' }>,
  ): void {
    switch (message.type) {
      case 'resize':
        terminal.resize(message.cols, message.rows)
        return
      case 'ack':
        if (!sender.acknowledge(message.offset)) this.refuse('BAD_REQUEST', 'An "ack" is beyond what was sent.')
        else terminal.settleFlow()
        return
      case 'signal':
        terminal.signal(message.name)
        return
      case 'close':
        this.terminals.end(terminal.id).catch((error: unknown) => {
          this.report('error', 'a terminal could not be ended', { terminal: terminal.id, error })
        })
        return
      default:
        assertNever(message)
    }
  }

  private receiveInput(bytes: Uint8Array): void {
    if (this.state.status !== 'attached') this.refuse('BAD_REQUEST', 'The first message has to be "attach".')
    else if (bytes.length > MAX_INPUT_MESSAGE_BYTES) this.refuse('BAD_REQUEST', 'Input comes in pieces of 64 KiB.')
    else if (this.state.terminal.input.waitingBytes + bytes.length > MAX_WAITING_INPUT_BYTES) {
      this.refuse('TOO_MANY_REQUESTS', 'The program does not read its input.', 'Send what is left once it does.')
    } else if (!this.state.terminal.exit) this.state.terminal.input.receive(bytes)
  }

  private attach(request: Attach): void {
    if (this.state.status !== 'waiting') {
      this.refuse('BAD_REQUEST', 'This connection is attached already.')
      return
    }
    try {
      this.begin(this.terminals.open(request), request)
    } catch (error) {
      if (!(error instanceof TerminalRefusal)) throw error
      const { code, message, hint } = error
      this.fail(code === 'NOT_FOUND' ? CLOSE.notFound : CLOSE.refused, { code, message, hint })
    }
  }

  private begin(terminal: Terminal, request: Attach): void {
    if (this.state.status === 'waiting') clearTimeout(this.state.timer)
    terminal.resize(request.cols, request.rows)
    const { history, record } = terminal
    const offset = replayOffset(request.after, history.start, history.end)
    const sender = new OutputSender({
      offset,
      history,
      send: (bytes) => {
        this.socket.send(bytes)
        return this.socket.bufferedBytes > 0
      },
      drained: () => {
        this.tellExit(terminal)
      },
      stalled: () => {
        const message = 'Output was not taken for 10 seconds.'
        this.fail(CLOSE.stalled, { code: 'TIMEOUT', message, hint: 'Attach again to go on.' })
      },
      lost: () => {
        const message = 'Output that was still to come is no longer kept.'
        this.fail(CLOSE.stalled, { code: 'TIMEOUT', message, hint: 'Attach again to go on.' })
      },
    })
    const inputOffset = terminal.input.connect(request.client)
    this.ackedInput = inputOffset
    this.state = { status: 'attached', terminal, sender }
    const { title, cols, rows } = record
    this.send({ type: 'attached', terminal: terminal.id, offset, inputOffset, snapshotBytes: 0, title, cols, rows })
    terminal.watch(this)
    sender.pump()
  }

  private tellExit(terminal: Terminal): void {
    if (!terminal.exit) return
    this.send({ type: 'exit', offset: terminal.history.end, ...terminal.exit })
    terminal.isExitSeen = true
    this.close(CLOSE.exited, 'exited')
  }

  private send(message: ServerMessage): void {
    if (this.state.status !== 'closed') this.socket.send(JSON.stringify(message))
  }

  private refuse(code: ErrorCode, message: string, hint?: string): void {
    this.fail(CLOSE.refused, { code, message, hint })
  }

  private fail(closeCode: number, { code, message, hint }: Failure): void {
    this.send({ type: 'error', code, message, ...(hint !== undefined && { hint }) })
    this.close(closeCode, code)
  }

  private close(code: number, reason: string): void {
    if (this.state.status === 'closed') return
    this.leave()
    this.socket.close(code, reason)
  }

  private leave(): void {
    const { state } = this
    this.state = { status: 'closed' }
    clearTimeout(this.ackTimer)
    if (state.status === 'waiting') clearTimeout(state.timer)
    if (state.status !== 'attached') return
    state.sender.dispose()
    state.terminal.unwatch(this)
  }
}
