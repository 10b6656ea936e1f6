import { randomUUID } from 'node:crypto'
import { systemClock } from '../../src/client/clock.ts'
import { FrameInbox } from '../../src/client/frames/frame-inbox.ts'
import { LinkError } from '../../src/client/link-error.ts'
import { createTerminalClient } from '../../src/client/terminal/terminal-client.ts'
import type { TerminalClient, TerminalState } from '../../src/client/worker-client.ts'
import type { FrameHandlers, FrameSocket } from '../../src/contract/terminal/frame-socket.ts'
import type { TerminalExit } from '../../src/contract/terminal/terminal.ts'
import { serveTerminal } from '../../src/terminals/connection.ts'
import type { Program, ProgramEvents, TerminalHistory } from '../../src/terminals/program.ts'
import type { Report } from '../../src/terminals/report.ts'
import { Terminals } from '../../src/terminals/terminals.ts'

/** How much one connection carries, each way, before it breaks in the middle of a message. */
export interface WireCut {
  downBytes: number
  upBytes: number
}

/** A program that says what a test says, and keeps what it is told. It waits while it is paused, as one in a PTY does. */
class ScriptedProgram implements Program {
  readonly typed: number[] = []
  readonly sizes: string[] = []
  isPaused = false
  readonly #events: ProgramEvents
  #unsaid: Buffer = Buffer.alloc(0)
  #exit: TerminalExit | undefined
  #isOver = false

  constructor(events: ProgramEvents) {
    this.#events = events
  }

  /** Says `bytes` in pieces of at most `pieceBytes`. */
  say(bytes: Uint8Array, pieceBytes = 4096): void {
    this.#unsaid = Buffer.concat([this.#unsaid, bytes])
    while (!this.isPaused && this.#unsaid.length > 0) {
      const piece = Buffer.from(this.#unsaid.subarray(0, pieceBytes))
      this.#unsaid = this.#unsaid.subarray(piece.length)
      this.#events.output(piece)
    }
    this.#endIfSaid()
  }

  exit(exit: TerminalExit): void {
    this.#exit = exit
    this.#endIfSaid()
  }

  write(bytes: Uint8Array): void {
    this.typed.push(...bytes)
    queueMicrotask(() => this.#events.taken(bytes.length))
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    if (!this.isPaused) return
    this.isPaused = false
    queueMicrotask(() => this.say(Buffer.alloc(0)))
  }

  resize(cols: number, rows: number): void {
    this.sizes.push(`${cols}x${rows}`)
  }

  signal(): void {
    this.exit({ code: 130, signal: 2 })
  }

  async end(): Promise<{ left: readonly number[] }> {
    this.exit({ code: 129, signal: 1 })
    return { left: [] }
  }

  dispose(): void {
    this.#isOver = true
  }

  #endIfSaid(): void {
    if (this.#exit === undefined || this.#unsaid.length > 0 || this.#isOver) return
    this.#isOver = true
    this.#events.exit(this.#exit)
  }
}

/** All output, of which the last `keptBytes` can be replayed. */
class WholeHistory implements TerminalHistory {
  bytes: Buffer = Buffer.alloc(0)
  readonly #keptBytes: number

  constructor(keptBytes: number) {
    this.#keptBytes = keptBytes
  }

  get end(): number {
    return this.bytes.length
  }

  get start(): number {
    return Math.max(0, this.end - this.#keptBytes)
  }

  holds(offset: number): boolean {
    return offset >= this.end - 2 * this.#keptBytes
  }

  append(bytes: Uint8Array): undefined {
    this.bytes = Buffer.concat([this.bytes, bytes])
    return undefined
  }

  read(offset: number, length: number): Uint8Array {
    return this.bytes.subarray(offset, offset + length)
  }

  dispose(): void {
    // Memory goes by itself.
  }
}

export interface WiredOptions {
  keptBytes?: number
  /** Clients come to another holder, which carries them to the one of the terminal; that way is cut then. */
  isPassedOn?: boolean
}

/** Real clients at the real terminals, over wires in memory that break where a test says. */
export class WiredTerminal {
  readonly id = randomUUID()
  terminals: Terminals
  readonly problems: string[] = []
  readonly #isPassedOn: boolean
  #program: ScriptedProgram | undefined
  #history: WholeHistory | undefined

  constructor({ keptBytes = 8_388_608, isPassedOn = false }: WiredOptions = {}) {
    this.#isPassedOn = isPassedOn
    this.terminals = new Terminals({
      begin: (_wanted, events) => {
        this.#program = new ScriptedProgram(events)
        this.#history = new WholeHistory(keptBytes)
        return { title: 'program', program: this.#program, history: this.#history }
      },
      report: (_level, message) => this.problems.push(message),
      changed: () => undefined,
    })
  }

  get program(): ScriptedProgram {
    if (this.#program === undefined) throw new Error('No client has attached yet.')
    return this.#program
  }

  get output(): Buffer {
    return this.#history?.bytes ?? Buffer.alloc(0)
  }

  /** A client, whose connections are cut as `cuts` say, in order; those after the last are not cut. */
  join({ cuts = [], cols = 80, rows = 24 }: { cuts?: WireCut[]; cols?: number; rows?: number } = {}): WiredClient {
    return new WiredClient(this, { cuts: [...cuts], cols, rows })
  }

  /** Another holder takes the terminal up where the one before was killed; the program has died with it. */
  takeUp(): void {
    const [record] = this.terminals.list()
    if (record === undefined || this.#history === undefined) throw new Error('There is no terminal to take up.')
    const { report, history } = { report: this.#report, history: this.#history }
    this.terminals.leave()
    this.terminals = new Terminals({ begin: neverBegins, report, changed: () => undefined })
    const nothing = (): void => undefined
    const screen = { produced: nothing, resized: nothing, take: async () => undefined, dispose: nothing }
    this.terminals.takeUp([{ record, history, screen, keep: { note: nothing, dispose: nothing } }])
  }

  connect(cut: WireCut): FrameSocket {
    if (!this.#isPassedOn) return this.#connectToHolder(cut)
    const [client, server] = wire({ downBytes: Infinity, upBytes: Infinity })
    const terminals = new Terminals({ begin: neverBegins, report: this.#report, changed: () => undefined })
    const elsewhere = { channelTo: () => this.#connectToHolder(cut) }
    serveTerminal(server, { terminals, elsewhere, report: this.#report })
    return client
  }

  #connectToHolder(cut: WireCut): FrameSocket {
    const [near, far] = wire(cut)
    serveTerminal(far, { terminals: this.terminals, report: this.#report })
    return near
  }

  readonly #report: Report = (_level, message) => void this.problems.push(message)
}

function neverBegins(): never {
  throw new Error('The terminal is held elsewhere.')
}

/** A client with what it has seen, and a parser that can be made to stand still. */
export class WiredClient {
  readonly states: TerminalState[] = []
  readonly client: TerminalClient
  readonly written: number[] = []
  gapBytes = 0
  connections = 0
  isStalled = false
  /** Reaches nobody. */
  isCutOff = false
  readonly #seen: Uint8Array[] = []
  readonly #toAnswer: Uint8Array[] = []
  readonly #unparsed: (() => void)[] = []
  #socket: FrameSocket | undefined

  constructor(wired: WiredTerminal, { cuts, cols, rows }: { cuts: WireCut[]; cols: number; rows: number }) {
    this.client = createTerminalClient(
      {
        ...{ workspace: 'alpha', terminal: wired.id, create: {}, cols, rows },
        onOutput: (bytes, parsed, isAnswered) => {
          this.#seen.push(bytes)
          if (!isAnswered) this.#toAnswer.push(bytes)
          if (this.isStalled) this.#unparsed.push(parsed)
          else queueMicrotask(parsed)
        },
        onState: (state) => this.states.push(state),
        onGap: (bytes) => {
          this.gapBytes += bytes
        },
      },
      {
        open: async () => {
          if (this.isCutOff) throw new LinkError('unreachable', 'Nobody answers.')
          this.connections += 1
          this.#socket = wired.connect(cuts.shift() ?? { downBytes: Infinity, upBytes: Infinity })
          return this.#socket
        },
        ...{ clock: systemClock, random: () => 0.5, ended: () => undefined },
      },
    )
  }

  get seen(): Buffer {
    return Buffer.concat(this.#seen)
  }

  /** What of it is for this client to answer. */
  get toAnswer(): Buffer {
    return Buffer.concat(this.#toAnswer)
  }

  type(bytes: Uint8Array): void {
    this.written.push(...bytes)
    this.client.write(bytes)
  }

  /** Loses the connection that it has. */
  drop(): void {
    this.#socket?.close(1006)
  }

  parseAll(): void {
    this.isStalled = false
    for (const parsed of this.#unparsed.splice(0)) parsed()
  }
}

/** Both ends of a connection: what is sent arrives later and in order, until the cut; then both ends are closed. */
function wire(cut: WireCut): [FrameSocket, FrameSocket] {
  const [client, server] = [new WireEnd(cut.upBytes), new WireEnd(cut.downBytes)]
  client.peer = server
  server.peer = client
  return [client, server]
}

class WireEnd implements FrameSocket {
  readonly bufferedBytes = 0
  peer: WireEnd | undefined
  readonly #inbox = new FrameInbox()
  #leftBytes: number

  constructor(leftBytes: number) {
    this.#leftBytes = leftBytes
  }

  send(message: string | Uint8Array): void {
    if (this.#inbox.isClosed) return
    this.#leftBytes -= message.length
    const copy = typeof message === 'string' ? message : new Uint8Array(message)
    if (this.#leftBytes >= 0) queueMicrotask(() => this.peer?.deliver(copy))
    else this.close(1006)
  }

  listen(handlers: FrameHandlers): void {
    this.#inbox.listen(handlers)
  }

  pause(): void {
    // Nothing waits in a wire of memory.
  }

  resume(): void {
    // Nothing waits in a wire of memory.
  }

  close(code: number, reason = ''): void {
    queueMicrotask(() => {
      this.end(code, reason)
      this.peer?.end(code, reason)
    })
  }
  deliver(message: string | Uint8Array): void {
    this.#inbox.message(message)
  }

  end(code: number, reason: string): void {
    this.#inbox.close(code, reason)
  }
}
