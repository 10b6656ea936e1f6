import type { TerminalExit, TerminalRecord } from '../contract/terminal/terminal.ts'
import type { Begun, Program, ProgramEvents, TerminalHistory } from './program.ts'
import type { Report } from './report.ts'
import { TerminalInput } from './terminal-input.ts'

/** The client that watches a terminal, as the terminal sees it. */
export interface Viewer {
  /** `bytes` were produced, the first of them at `offset`. Returns whether they are still needed afterwards. */
  produced(bytes: Buffer, offset: number): boolean
  /** Whether the program has to wait for this client. */
  readonly holdsBack: boolean
  /** All of this client's input before `offset` has reached the program's terminal. */
  inputTaken(offset: number): void
  exited(): void
  /** Another client has taken over. */
  replaced(): void
  /** The terminal is no longer kept. */
  removed(): void
}

export interface TerminalOptions {
  id: string
  cols: number
  rows: number
  /** Starts the program. */
  begin(events: ProgramEvents): Begun
  report: Report
  /** What `TerminalRecord` tells has changed. */
  changed(): void
  /** Somebody typed, or the program had something to say. */
  active?: (() => void) | undefined
}

/** A program in a PTY with its history, there until it is ended, whoever watches. */
export class Terminal {
  readonly id: string
  readonly createdAt = new Date()
  readonly history: TerminalHistory
  readonly input: TerminalInput
  private readonly options: TerminalOptions
  private readonly title: string
  private readonly program: Program
  private viewer: Viewer | undefined
  private ending: Promise<void> | undefined
  private resolveExit: () => void = () => undefined
  private readonly whenExited = new Promise<void>((resolve) => {
    this.resolveExit = resolve
  })
  private size: { cols: number; rows: number }
  private isHistoryBroken = false
  exit: TerminalExit | undefined
  exitedAtMs: number | undefined
  /** Whether a client has been told of the exit, and has thus seen all of the output. */
  isExitSeen = false

  constructor(options: TerminalOptions) {
    this.id = options.id
    this.options = options
    this.size = { cols: options.cols, rows: options.rows }
    const { title, program, history } = options.begin({
      output: (bytes) => this.produced(bytes),
      taken: (length) => {
        this.input.taken(length)
      },
      exit: (exit) => {
        this.programExited(exit)
      },
      failed: (error) => {
        options.report('error', 'a terminal failed', { terminal: this.id, error })
      },
    })
    this.title = title
    this.program = program
    this.history = history
    this.input = new TerminalInput((bytes) => {
      options.active?.()
      program.write(bytes)
    })
  }

  get record(): TerminalRecord {
    return {
      id: this.id,
      title: this.title,
      createdAt: this.createdAt.toISOString(),
      ...this.size,
      clients: this.viewer ? 1 : 0,
      ...(this.exit && { exit: this.exit }),
    }
  }

  /** Makes `viewer` the one that watches; whoever did before is told. */
  watch(viewer: Viewer): void {
    const previous = this.viewer
    this.viewer = viewer
    previous?.replaced()
    this.input.onTaken = (client, offset) => {
      if (client === this.input.current) viewer.inputTaken(offset)
    }
    this.settleFlow()
    this.options.changed()
  }

  /** `viewer` has gone; the program goes on alone. */
  unwatch(viewer: Viewer): void {
    if (this.viewer !== viewer) return
    this.viewer = undefined
    this.input.onTaken = undefined
    this.settleFlow()
    this.options.changed()
  }

  /** Lets the program go on, or wait, as the viewer needs it. */
  settleFlow(): void {
    // While the program ends nothing holds it back: one that waits for its terminal could not say goodbye.
    if (this.viewer?.holdsBack && !this.ending) this.program.pause()
    else this.program.resume()
  }

  resize(cols: number, rows: number): void {
    if (this.exit || (cols === this.size.cols && rows === this.size.rows)) return
    this.size = { cols, rows }
    this.program.resize(cols, rows)
  }

  signal(name: NodeJS.Signals): void {
    if (!this.exit) this.program.signal(name)
  }

  /** Ends the program and all of its session; resolves when nothing of it runs. Asking again waits for the same end. */
  end(graceMs?: number): Promise<void> {
    this.ending ??= this.endOnce(graceMs)
    this.settleFlow()
    return this.ending
  }

  /** Forgets the history. Call it after the exit. */
  dispose(): void {
    this.viewer?.removed()
    this.program.dispose()
    this.history.dispose()
  }

  private async endOnce(graceMs?: number): Promise<void> {
    const { left } = await this.program.end(graceMs)
    if (left.length > 0) {
      this.options.report('warn', 'processes of an ended terminal remain', { terminal: this.id, left })
      if (!this.exit) this.program.dispose()
      return
    }
    await this.whenExited
  }

  private produced(bytes: Buffer): boolean {
    this.options.active?.()
    const offset = this.history.end
    const error = this.history.append(bytes)
    if (error !== undefined && !this.isHistoryBroken) {
      this.options.report('warn', 'history could not be kept', { terminal: this.id, error })
    }
    this.isHistoryBroken = error !== undefined
    const isKept = this.viewer?.produced(bytes, offset) ?? false
    this.settleFlow()
    return isKept
  }

  private programExited(exit: TerminalExit): void {
    this.exit = exit
    this.exitedAtMs = Date.now()
    this.viewer?.exited()
    this.options.changed()
    this.resolveExit()
  }
}
