import type { ErrorCode } from '../contract/errors.ts'
import type { FrameHandlers, FrameSocket } from '../contract/terminal/frame-socket.ts'
import { CLOSE, MAX_INPUT_MESSAGE_BYTES } from '../contract/terminal/limits.ts'
import type { ClientMessage, ServerMessage } from '../contract/terminal/messages.ts'
import { assertNever } from '../domain/assert-never.ts'
import { type Attach, Attachment, type Failure, type Line } from './attachment.ts'
import { parseClientMessage } from './client-message.ts'
import type { Elsewhere } from './elsewhere.ts'
import { passOn } from './passed-on.ts'
import { rateLimit } from './rate-limit.ts'
import type { Report } from './report.ts'
import { TerminalRefusal } from './terminal-refusal.ts'
import type { Terminals } from './terminals.ts'

/** A connection that has not attached by then is closed. */
const ATTACH_TIMEOUT_MS = 10_000
const MESSAGES_PER_SECOND = 5_000
const MESSAGE_BURST = 10_000
const EARLY = 'Until "attached" has come there is nothing to say.'

type State =
  | { status: 'waiting'; timer: NodeJS.Timeout }
  | { status: 'attached'; attachment: Attachment }
  /** Another process holds the terminal. */
  | { status: 'passed on'; to: FrameHandlers }
  | { status: 'closed' }

export interface TerminalDeps {
  terminals: Terminals
  report: Report
  /** Absent where no other process holds any. */
  elsewhere?: Elsewhere | undefined
}

/** Serves `berth.terminal.1` to one client over `socket`, until either side closes. */
export function serveTerminal(socket: FrameSocket, deps: TerminalDeps): void {
  new TerminalConnection(socket, deps)
}

class TerminalConnection implements Line {
  private readonly socket: FrameSocket
  private readonly terminals: Terminals
  private readonly report: Report
  private readonly elsewhere: Elsewhere | undefined
  private readonly isWithinRate = rateLimit(MESSAGES_PER_SECOND, MESSAGE_BURST, () => performance.now())
  private state: State

  constructor(socket: FrameSocket, deps: TerminalDeps) {
    this.socket = socket
    this.terminals = deps.terminals
    this.report = deps.report
    this.elsewhere = deps.elsewhere
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

  say(message: ServerMessage): void {
    if (this.state.status !== 'closed') this.socket.send(JSON.stringify(message))
  }

  sendBytes(bytes: Uint8Array): boolean {
    this.socket.send(bytes)
    return this.socket.bufferedBytes > 0
  }

  fail(closeCode: number, { code, message, hint }: Failure): void {
    this.say({ type: 'error', code, message, ...(hint !== undefined && { hint }) })
    this.close(closeCode, code)
  }

  close(code: number, reason: string): void {
    if (this.state.status === 'closed') return
    this.leave()
    this.socket.close(code, reason)
  }

  private receive(message: string | Uint8Array): void {
    const { state } = this
    if (state.status === 'closed') return
    this.attempt(() => {
      if (state.status === 'passed on') state.to.message(message)
      else if (!this.isWithinRate()) this.refuse('TOO_MANY_REQUESTS', 'Messages come too fast.')
      else if (typeof message === 'string') this.receiveText(message)
      else this.receiveInput(message)
    })
  }

  attempt(act: () => void): void {
    try {
      act()
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
    else if (parsed.message.type === 'ping') this.say({ type: 'pong', id: parsed.message.id })
    else if (parsed.message.type === 'attach') this.attach(parsed.message, text)
    else if (this.state.status !== 'attached') this.refuse('BAD_REQUEST', 'The first message has to be "attach".')
    else if (!this.state.attachment.isBegun) this.refuse('BAD_REQUEST', EARLY)
    else this.obey(parsed.message, this.state.attachment)
  }

  private obey(message: Exclude<ClientMessage, { type: 'attach' | 'ping' }>, attachment: Attachment): void {
    const { terminal } = attachment
    switch (message.type) {
      case 'resize':
        attachment.resize({ cols: message.cols, rows: message.rows })
        return
      case 'claim':
        terminal.claim(attachment)
        return
      case 'ack':
        if (!attachment.acknowledge(message.offset)) this.refuse('BAD_REQUEST', 'An "ack" is beyond what was sent.')
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
    else if (!this.state.attachment.isBegun) this.refuse('BAD_REQUEST', EARLY)
    else if (bytes.length > MAX_INPUT_MESSAGE_BYTES) this.refuse('BAD_REQUEST', 'Input comes in pieces of 64 KiB.')
    else if (!this.state.attachment.input(bytes)) {
      this.refuse('TOO_MANY_REQUESTS', 'The program does not read its input.', 'Send what is left once it does.')
    }
  }

  private attach(request: Attach, text: string): void {
    if (this.state.status !== 'waiting') {
      this.refuse('BAD_REQUEST', 'This connection is attached already.')
      return
    }
    const holder = this.terminals.knows(request.terminal) ? undefined : this.elsewhere?.channelTo(request.terminal)
    if (holder === 'not known') this.close(CLOSE.tryAgain, 'held elsewhere')
    else if (holder === undefined) this.attachHere(request, this.state)
    else {
      clearTimeout(this.state.timer)
      this.state = { status: 'passed on', to: passOn(this.socket, holder) }
      holder.send(text)
    }
  }

  private attachHere(request: Attach, { timer }: Extract<State, { status: 'waiting' }>): void {
    try {
      const attachment = new Attachment(this.terminals.open(request), request, this)
      clearTimeout(timer)
      this.state = { status: 'attached', attachment }
      attachment.begin()
    } catch (error) {
      if (!(error instanceof TerminalRefusal)) throw error
      const { code, message, hint } = error
      this.fail(code === 'NOT_FOUND' ? CLOSE.notFound : CLOSE.refused, { code, message, hint })
    }
  }

  private refuse(code: ErrorCode, message: string, hint?: string): void {
    this.fail(CLOSE.refused, { code, message, hint })
  }

  private leave(): void {
    const { state } = this
    this.state = { status: 'closed' }
    if (state.status === 'waiting') clearTimeout(state.timer)
    if (state.status === 'attached') state.attachment.dispose()
    if (state.status === 'passed on') state.to.closed(CLOSE.exited, '')
  }
}
