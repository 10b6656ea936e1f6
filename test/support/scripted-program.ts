import type { TerminalExit } from '../../src/contract/terminal/terminal.ts'
import type { Program, ProgramEvents, TerminalHistory } from '../../src/terminals/program.ts'

/** A program that says what a test says, and keeps what it is told. It waits while it is paused, as one in a PTY does. */
export class ScriptedProgram implements Program {
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
export class WholeHistory implements TerminalHistory {
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
