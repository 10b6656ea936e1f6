import type { Program, ProgramEvents } from '../../terminals/program.ts'
import type { TerminalSession } from '../engine/engine.ts'
import { exitCodeAfterEnd } from './exit-code.ts'

/** What shells give to a program that could not be started. */
const NOT_STARTED = 126

export interface EngineProgramOptions {
  cols: number
  rows: number
  /** Starts the program in a PTY of the engine's. What it rejects with is shown on the terminal. */
  start(): Promise<TerminalSession>
  /** Sends a signal to what is in the foreground. */
  signal(name: NodeJS.Signals): Promise<void>
  /** Ends its session; the pids that remain. */
  end(graceMs: number | undefined): Promise<number[]>
}

/**
 * A program in a PTY that the engine holds. What is not read stays with the engine, and the program waits: pausing is
 * flow control from end to end. Letting go of the stream ends nothing, so `end` ends the session by its pids.
 */
export class EngineProgram implements Program {
  readonly #options: EngineProgramOptions
  readonly #events: ProgramEvents
  readonly #starting: Promise<TerminalSession | undefined>
  #session: TerminalSession | undefined
  #size: { cols: number; rows: number }
  #isPaused = false
  #isDisposed = false

  constructor(options: EngineProgramOptions, events: ProgramEvents) {
    this.#options = options
    this.#events = events
    this.#size = { cols: options.cols, rows: options.rows }
    this.#starting = this.#start()
  }

  write(bytes: Uint8Array): void {
    this.#withSession(({ stream }) => {
      if (stream.writable) stream.write(bytes, () => this.#events.taken(bytes.length))
    })
  }

  pause(): void {
    this.#isPaused = true
    this.#session?.stream.pause()
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#session?.stream.resume()
  }

  resize(cols: number, rows: number): void {
    this.#size = { cols, rows }
    this.#withSession((session) => this.#tellSize(session))
  }

  signal(name: NodeJS.Signals): void {
    this.#options.signal(name).catch(this.#events.failed)
  }

  async end(graceMs?: number): Promise<{ left: readonly number[] }> {
    const session = await this.#starting
    if (session === undefined) return { left: [] }
    // One that waits for its terminal could not say goodbye.
    this.resume()
    return { left: await this.#options.end(graceMs) }
  }

  dispose(): void {
    this.#isDisposed = true
    this.#withSession(({ stream }) => stream.destroy())
  }

  async #start(): Promise<TerminalSession | undefined> {
    try {
      const session = await this.#options.start()
      this.#session = session
      this.#follow(session)
      return session
    } catch (error) {
      // Later: whoever made the terminal has to know it before it ends.
      setImmediate(() => this.#notStarted(error))
      return undefined
    }
  }

  #follow(session: TerminalSession): void {
    const { stream } = session
    stream.on('data', (bytes: Buffer) => {
      this.#events.output(bytes)
    })
    if (this.#isPaused) stream.pause()
    let isOver = false
    const over = (): void => {
      if (isOver) return
      isOver = true
      exitCodeAfterEnd(session).then((code) => this.#events.exit({ code }), this.#events.failed)
    }
    // The end waits for all that was read; a stream that breaks has none.
    stream.once('end', over)
    stream.once('close', over)
    this.#tellSize(session)
  }

  #notStarted(error: unknown): void {
    if (this.#isDisposed) return
    const words = error instanceof Error ? error.message : String(error)
    this.#events.output(Buffer.from(`${words.replaceAll('\n', '\r\n')}\r\n`))
    this.#events.exit({ code: NOT_STARTED })
  }

  #tellSize(session: TerminalSession): void {
    const { cols, rows } = this.#size
    // A program that has just ended has no size.
    session.resize(cols, rows).catch(() => undefined)
  }

  #withSession(act: (session: TerminalSession) => void): void {
    if (this.#session !== undefined) act(this.#session)
    else
      void this.#starting.then((session) => {
        if (session !== undefined) act(session)
      })
  }
}
