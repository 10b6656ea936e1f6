import type { ErrorCode } from '../contract/errors.ts'
import { CLOSE, OUTPUT_WINDOW_BYTES, PLAIN_REPLAY_BYTES } from '../contract/terminal/limits.ts'
import type { ClientMessage, ServerMessage } from '../contract/terminal/messages.ts'
import type { Size, Viewer } from './audience.ts'
import { OutputSender } from './output-sender.ts'
import type { ToldScreen } from './program.ts'
import { replayOffset } from './ring-arithmetic.ts'
import type { Terminal } from './terminal.ts'

/** Input is acknowledged when so much was taken, or so long after. */
const INPUT_ACK_BYTES = 32_768
const INPUT_ACK_MS = 10
/** A screen is sent in pieces of this size, each of which shows the client that the link lives. */
const PIECE_BYTES = 16_384

export type Attach = Extract<ClientMessage, { type: 'attach' }>

export interface Failure {
  code: ErrorCode
  message: string
  hint?: string | undefined
}

/** The connection that a client is attached by. */
export interface Line {
  say(message: ServerMessage): void
  /** Returns whether the bytes are still needed afterwards. */
  sendBytes(bytes: Uint8Array): boolean
  /** Says why, and closes. */
  fail(closeCode: number, failure: Failure): void
  close(code: number, reason: string): void
  /** Runs `act`; what it throws ends the connection, and is reported. */
  attempt(act: () => void): void
}

/** One client at one terminal: its output within its window, its input, its size. */
export class Attachment implements Viewer {
  readonly terminal: Terminal
  readonly client: string
  size: Size
  private readonly line: Line
  private sender: OutputSender | undefined
  private isDisposed = false
  private ackTimer: NodeJS.Timeout | undefined
  private takenInput = 0
  private ackedInput = 0

  private readonly after: number | undefined
  /** The length of all output when it came. */
  private readonly end: number

  constructor(terminal: Terminal, request: Attach, line: Line) {
    this.terminal = terminal
    this.client = request.client
    this.size = { cols: request.cols, rows: request.rows }
    this.after = request.after
    this.end = terminal.history.end
    this.line = line
  }

  /** Whether the client has been told where it stands; before, it has nothing to say. */
  get isBegun(): boolean {
    return this.sender !== undefined
  }

  /** Makes the client one of those who watch, and begins to send. Throws `TerminalRefusal` where they are enough. */
  begin(): void {
    const { terminal, line } = this
    terminal.watch(this)
    const screen = this.needsScreen ? terminal.screen?.take() : undefined
    if (screen === undefined) this.beginWith(undefined)
    else {
      void screen.then((told) => {
        if (!this.isDisposed) line.attempt(() => this.beginWith(told))
      })
    }
  }

  get holdsBack(): boolean {
    if (this.sender) return this.sender.holdsBack
    return this.terminal.history.end - this.end >= OUTPUT_WINDOW_BYTES
  }

  produced(bytes: Buffer, offset: number): boolean {
    return this.sender?.produced(bytes, offset) ?? false
  }

  ended(): void {
    this.sender?.pump()
  }

  /** Before it has begun the client is told nothing; `attached` will have it. */
  tell(message: Parameters<Viewer['tell']>[0]): void {
    if (this.isBegun) this.line.say(message)
  }

  /** Acknowledges a paste at once, and keys a moment later: what they print comes first. */
  inputTaken(offset: number): void {
    this.takenInput = offset
    // `attached` will have it.
    if (!this.isBegun) return
    if (offset - this.ackedInput >= INPUT_ACK_BYTES) this.acknowledgeInput()
    else this.ackTimer ??= setTimeout(this.acknowledgeInput, INPUT_ACK_MS)
  }

  replaced(): void {
    const message = 'This client has attached by another connection.'
    this.line.fail(CLOSE.replaced, { code: 'CONFLICT', message })
  }

  removed(): void {
    this.line.close(CLOSE.exited, 'ended')
  }

  left(): void {
    this.line.close(CLOSE.tryAgain, 'held elsewhere')
  }

  resize(size: Size): void {
    this.size = size
    this.terminal.fit()
  }

  /** Takes an `ack`; false where it is beyond what was sent. */
  acknowledge(offset: number): boolean {
    if (!this.sender?.acknowledge(offset)) return false
    this.terminal.settleFlow()
    return true
  }

  /** Takes input; false where too much waits already. */
  input(bytes: Uint8Array): boolean {
    const { input, outcome } = this.terminal
    if (!input.hasRoomFor(this.client, bytes.length)) return false
    if (outcome.isReached) return true
    // Told before what this makes the program say.
    this.terminal.used(this)
    input.receive(this.client, bytes)
    return true
  }

  /** The connection has gone. */
  dispose(): void {
    this.isDisposed = true
    clearTimeout(this.ackTimer)
    this.sender?.dispose()
    this.terminal.unwatch(this)
  }

  private readonly acknowledgeInput = (): void => {
    clearTimeout(this.ackTimer)
    this.ackTimer = undefined
    this.ackedInput = this.takenInput
    this.line.say({ type: 'inputAck', offset: this.takenInput })
  }

  /** What the client would go on from is not kept, or more than it should have to parse. */
  private get needsScreen(): boolean {
    const { after, terminal } = this
    return after === undefined ? this.end > PLAIN_REPLAY_BYTES : after < terminal.history.start
  }

  private beginWith(told: ToldScreen | undefined): void {
    const { terminal, line } = this
    const { history } = terminal
    const screen = told && history.holds(told.offset) ? told : undefined
    const offset = screen?.offset ?? replayOffset(this.after, history.start, history.end)
    const sender = this.senderFrom(offset, screen?.bytes.length ?? 0)
    this.sender = sender
    const inputOffset = terminal.input.connect(this.client)
    this.ackedInput = inputOffset
    const { title, cols, rows, clients } = terminal.record
    line.say({
      ...{ type: 'attached', terminal: terminal.id, offset, end: history.end, inputOffset },
      ...{ snapshotBytes: screen?.bytes.length ?? 0, title, cols, rows, clients },
      answers: terminal.isAnsweredBy(this.client),
    })
    if (cols !== this.size.cols || rows !== this.size.rows) {
      line.say({ type: 'size', cols, rows, claimed: terminal.isClaimed })
    }
    for (let from = 0; screen && from < screen.bytes.length; from += PIECE_BYTES) {
      line.sendBytes(screen.bytes.subarray(from, from + PIECE_BYTES))
    }
    sender.pump()
    terminal.settleFlow()
  }

  private senderFrom(offset: number, screenBytes: number): OutputSender {
    const letGo = (message: string): void => {
      this.line.fail(CLOSE.stalled, { code: 'TIMEOUT', message, hint: 'Attach again to go on.' })
    }
    return new OutputSender({
      offset,
      screenBytes,
      history: this.terminal.history,
      send: (bytes) => this.line.sendBytes(bytes),
      drained: () => {
        this.tellEnd()
      },
      stalled: () => {
        letGo('Output was not taken for 10 seconds.')
      },
      lost: () => {
        letGo('Output that was still to come is no longer kept.')
      },
    })
  }

  private tellEnd(): void {
    const { outcome, history } = this.terminal
    const { exit, isStopped } = outcome
    if (isStopped) this.line.close(CLOSE.stopped, 'stopped')
    if (!exit) return
    this.line.say({ type: 'exit', offset: history.end, ...exit })
    this.line.close(CLOSE.exited, 'exited')
  }
}
