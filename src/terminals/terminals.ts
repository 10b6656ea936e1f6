import type { CreateTerminal } from '../contract/terminal/messages.ts'
import type { TerminalRecord } from '../contract/terminal/terminal.ts'
import { ENDED_PROGRAM } from './ended-program.ts'
import type { Begun, EarlierTerminal, ProgramEvents } from './program.ts'
import type { Report } from './report.ts'
import { Terminal } from './terminal.ts'
import { TerminalRefusal } from './terminal-refusal.ts'

/** Terminals whose program runs, at once in one workspace. */
const MAX_RUNNING = 128
/** Terminals that ended are kept for whoever comes back: so many, those that ended last, and so long. */
const MAX_EXITED = 32
const EXITED_KEPT_MS = 86_400_000
const SWEEP_EVERY_MS = 60_000
/** Ids of removed terminals: a late attach with `create` must not make one of them again. */
const REMEMBERED_IDS = 4096

export interface TerminalsOptions {
  /** Starts the program of a new terminal. Throws `TerminalRefusal`; anything else is a failure that is told. */
  begin(wanted: NewTerminal, events: ProgramEvents): Begun
  report: Report
  /** The list is another than before. */
  changed(): void
  /** Somebody was at work in one of them. */
  active?: (() => void) | undefined
}

export interface NewTerminal {
  terminal: string
  create: CreateTerminal
  cols: number
  rows: number
}

export interface OpenTerminal {
  terminal: string
  create?: CreateTerminal | undefined
  cols: number
  rows: number
}

/** The terminals of this workspace. */
export class Terminals {
  private readonly options: TerminalsOptions
  private readonly byId = new Map<string, Terminal>()
  /** Those that were opened for a program, and not for a shell. */
  private readonly forPrograms = new Set<Terminal>()
  private readonly removedIds = new Set<string>()
  private readonly sweeper: NodeJS.Timeout
  private isClosed = false

  constructor(options: TerminalsOptions) {
    this.options = options
    this.sweeper = setInterval(() => {
      this.sweep()
    }, SWEEP_EVERY_MS)
    this.sweeper.unref()
  }

  /** In the order of their creation. */
  list(): TerminalRecord[] {
    return [...this.byId.values()].map((terminal) => terminal.record)
  }

  /** Whether a program runs that a terminal was opened for. */
  get runsProgram(): boolean {
    return [...this.forPrograms].some(({ outcome }) => !outcome.isReached)
  }

  get count(): number {
    return this.byId.size
  }

  has(id: string): boolean {
    return this.byId.has(id)
  }

  /** Whether one of that id is here, or was and has been removed. */
  knows(id: string): boolean {
    return this.byId.has(id) || this.removedIds.has(id)
  }

  /** Whether nothing runs in them, nobody watches one, and none is about to be forgotten. */
  get isIdle(): boolean {
    return [...this.byId.values()].every(({ isAtRest }) => isAtRest)
  }

  /** The terminal that `request` names, made where it may be. Throws `TerminalRefusal`. */
  open(request: OpenTerminal): Terminal {
    const found = this.byId.get(request.terminal)
    if (found) return found
    if (this.isClosed) throw new TerminalRefusal('NOT_FOUND', 'The workspace is stopping.')
    if (!request.create || this.removedIds.has(request.terminal)) {
      throw new TerminalRefusal('NOT_FOUND', 'This terminal has ended.', 'Open a new one.')
    }
    return this.create(request, request.create)
  }

  /** Gives a terminal a title, or with an empty one its program's own back. False where there is none of that id. */
  rename(id: string, title: string): boolean {
    const terminal = this.byId.get(id)
    terminal?.rename(title)
    return terminal !== undefined
  }

  /** Ends a terminal and all of its session, and forgets it. False where there is none of that id. */
  async end(id: string, graceMs?: number): Promise<boolean> {
    const terminal = this.byId.get(id)
    if (!terminal) return false
    await terminal.end(graceMs)
    this.remove(terminal)
    return true
  }

  /** Holds terminals that an earlier holder had, in the order of their creation. Their programs have ended. */
  takeUp(earlier: readonly EarlierTerminal[]): void {
    const { report, changed } = this.options
    for (const one of earlier) {
      const { id, title, cols, rows } = one.record
      const begin = (): Begun => ({ ...one, title, program: ENDED_PROGRAM })
      this.byId.set(id, new Terminal({ id, cols, rows, begin, report, changed, earlier: one }))
    }
  }

  /** Another holder had them and has ended: of those that are not here none is made again. */
  noteGone(ids: Iterable<string>): void {
    for (const id of ids) if (!this.byId.has(id)) this.rememberRemoved(id)
  }

  /** Lets go of those that earlier holders had: another one takes them up. */
  leaveEarlier(): void {
    for (const terminal of [...this.byId.values()]) if (terminal.isEarlier) this.leaveOne(terminal)
  }

  /** Lets go of all of them as they are, for another holder to take up. Call it once they are idle. */
  leave(): void {
    clearInterval(this.sweeper)
    for (const terminal of [...this.byId.values()]) this.leaveOne(terminal)
  }

  /** Ends all of them, for the workspace stops; killed only after `graceMs`. No terminal is made any more. */
  async close(graceMs: number): Promise<void> {
    this.isClosed = true
    clearInterval(this.sweeper)
    await Promise.all([...this.byId.values()].map((terminal) => terminal.stop(graceMs)))
  }

  /** The workspace is about to stop, and ends their programs: an end that comes now is not a program's own. */
  stopping(): void {
    for (const { outcome } of this.byId.values()) outcome.isStopping = true
  }

  /** Forgets all of them as they are: what runs in them is none of this holder's any more. */
  abandon(): void {
    this.isClosed = true
    clearInterval(this.sweeper)
    for (const terminal of [...this.byId.values()]) this.remove(terminal)
  }

  private leaveOne(terminal: Terminal): void {
    // First: whoever asks for it anew is not to find it here.
    this.byId.delete(terminal.id)
    terminal.leave()
  }

  private create(request: OpenTerminal, create: CreateTerminal): Terminal {
    const running = [...this.byId.values()].filter(({ outcome }) => !outcome.isReached)
    if (running.length >= MAX_RUNNING) {
      throw new TerminalRefusal('TOO_MANY_REQUESTS', `${MAX_RUNNING} terminals run already.`, 'Close one of them.')
    }
    const { terminal: id, cols, rows } = request
    const { report, changed, active } = this.options
    const begin = (events: ProgramEvents): Begun => this.options.begin({ terminal: id, create, cols, rows }, events)
    try {
      const terminal = new Terminal({ id, cols, rows, begin, report, changed, active })
      this.byId.set(id, terminal)
      if (create.command !== undefined) this.forPrograms.add(terminal)
      active?.()
      this.sweep()
      changed()
      return terminal
    } catch (error) {
      if (error instanceof TerminalRefusal) throw error
      report('error', 'a terminal could not be made', { error })
      throw new TerminalRefusal('INTERNAL_SERVER_ERROR', 'The workspace could not start another process.')
    }
  }

  private sweep(): void {
    const now = performance.now()
    const endOf = ({ outcome }: Terminal): number => outcome.steadyExitMs ?? now
    const exited = [...this.byId.values()].filter(({ outcome }) => outcome.exit).sort((a, b) => endOf(a) - endOf(b))
    exited.forEach((terminal, index) => {
      if (now - endOf(terminal) > EXITED_KEPT_MS || index < exited.length - MAX_EXITED) this.remove(terminal)
    })
  }

  private remove(terminal: Terminal): void {
    if (!this.byId.delete(terminal.id)) return
    this.forPrograms.delete(terminal)
    this.rememberRemoved(terminal.id)
    terminal.dispose()
    this.options.changed()
  }

  private rememberRemoved(id: string): void {
    this.removedIds.add(id)
    const [oldest] = this.removedIds
    if (this.removedIds.size > REMEMBERED_IDS && oldest !== undefined) this.removedIds.delete(oldest)
  }
}
