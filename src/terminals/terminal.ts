import { MAX_CLIENTS } from '../contract/terminal/limits.ts'
import type { TerminalRecord } from '../contract/terminal/terminal.ts'
import { Audience, type Size, type Viewer } from './audience.ts'
import { Ending } from './ending.ts'
import { Naming } from './naming.ts'
import { Outcome } from './outcome.ts'
import type { Begun, EarlierTerminal, Program, ProgramEvents, TerminalHistory, TerminalScreen } from './program.ts'
import { Recording } from './recording.ts'
import type { Report } from './report.ts'
import { TerminalInput } from './terminal-input.ts'
import { TerminalRefusal } from './terminal-refusal.ts'

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
  /** What was known of it to the holder that it had before; its program has ended. */
  earlier?: EarlierTerminal | undefined
}

/** A program in a PTY with its history, there until it is ended, whoever watches. */
export class Terminal {
  readonly id: string
  private readonly createdAt: string
  readonly history: TerminalHistory
  readonly screen: TerminalScreen | undefined
  readonly input: TerminalInput
  private readonly options: TerminalOptions
  private readonly naming: Naming
  private readonly program: Program
  private readonly keep: Begun['keep']
  private readonly audience = new Audience()
  private readonly ending: Ending
  private readonly recording: Recording
  private size: Size
  private isClaimedSize = false
  readonly outcome: Outcome

  constructor(options: TerminalOptions) {
    this.id = options.id
    this.options = options
    this.size = { cols: options.cols, rows: options.rows }
    const { earlier } = options
    this.outcome = new Outcome(earlier)
    const { title, program, history, screen, keep } = options.begin({
      output: (bytes) => this.produced(bytes),
      taken: (length) => {
        this.input.taken(length)
      },
      exit: (exit) => {
        this.outcome.reach(exit)
        this.note()
        this.audience.each((viewer) => viewer.ended())
        options.changed()
      },
      failed: (error) => {
        options.report('error', 'a terminal failed', { terminal: this.id, error })
      },
    })
    const { isRenamed, cwd: folder } = earlier?.record ?? {}
    this.naming = new Naming({ title, isRenamed, folder, changed: (changed) => this.renamed(changed) })
    this.program = program
    this.ending = new Ending({ id: this.id, program, outcome: this.outcome, report: options.report })
    this.history = history
    this.recording = new Recording({ id: this.id, history, report: options.report })
    this.screen = screen
    this.keep = keep
    this.createdAt = earlier?.record.createdAt ?? new Date().toISOString()
    this.input = new TerminalInput(
      (bytes) => {
        options.active?.()
        program.write(bytes)
      },
      (client) => this.audience.of(client) !== undefined,
    )
    this.input.onTaken = (client, offset) => this.audience.of(client)?.inputTaken(offset)
    this.note()
  }

  get record(): TerminalRecord {
    const { title, isRenamed, folder } = this.naming
    const { exit, exitedAtMs, isStopped } = this.outcome
    return {
      id: this.id,
      title,
      isRenamed,
      ...(folder !== undefined && { cwd: folder }),
      createdAt: this.createdAt,
      ...this.size,
      clients: this.audience.count,
      ...(exit && { exit }),
      ...(isStopped && { endedBy: 'stop' }),
      ...(exitedAtMs !== undefined && { endedAt: new Date(exitedAtMs).toISOString() }),
    }
  }

  /** Whether one client decides the size. */
  get isClaimed(): boolean {
    return this.audience.isClaimed
  }

  /** Takes a title of a person's; an empty one gives the program's own back. */
  rename(title: string): void {
    this.naming.rename(title)
  }

  /** `viewer` watches from now on, in place of an older connection of its client. Throws `TerminalRefusal`. */
  watch(viewer: Viewer): void {
    if (!this.audience.hasRoomFor(viewer.client)) {
      const message = `${MAX_CLIENTS} clients watch this terminal already.`
      throw new TerminalRefusal('TOO_MANY_REQUESTS', message, 'Close it in one of the others.')
    }
    const count = this.audience.count
    const older = this.audience.add(viewer)
    older?.replaced()
    this.audienceChanged(count, viewer)
  }

  /** `viewer` has gone; the program goes on, alone where it was the last. */
  unwatch(viewer: Viewer): void {
    const count = this.audience.count
    if (this.audience.remove(viewer)) this.audienceChanged(count)
  }

  /** `viewer` decides the size whenever it is there, until another claims. */
  claim(viewer: Viewer): void {
    this.audience.claim(viewer)
    this.fit()
    this.audience.used(viewer)
  }

  /** A person is at `viewer`: what the program asks its terminal from now on is for this one to answer. */
  used(viewer: Viewer): void {
    this.audience.used(viewer)
  }

  /** Whether what the program asks is for `client` to answer. */
  isAnsweredBy(client: string): boolean {
    return this.audience.isAnsweredBy(client)
  }

  /** Gives the program the size that those who watch need. `newcomer` is told of it otherwise. */
  fit(newcomer?: Viewer): void {
    const { size = this.size, isClaimed } = this.audience
    const isSame = size.cols === this.size.cols && size.rows === this.size.rows
    if (this.outcome.isReached || (isSame && isClaimed === this.isClaimedSize)) return
    this.size = size
    this.isClaimedSize = isClaimed
    if (!isSame) {
      this.program.resize(size.cols, size.rows)
      this.screen?.resized(size)
      this.note()
    }
    this.audience.tell({ type: 'size', ...size, claimed: isClaimed }, newcomer)
  }

  /** Lets the program go on, or wait, as those who watch need it. */
  settleFlow(): void {
    // While the program ends nothing holds it back: one that waits for its terminal could not say goodbye.
    if (!this.ending.isAsked && this.audience.holdsBack) this.program.pause()
    else this.program.resume()
  }

  signal(name: NodeJS.Signals): void {
    if (!this.outcome.isReached) this.program.signal(name)
  }

  /** Ends the program and all of its session; resolves when nothing of it runs. Asking again waits for the same end. */
  end(graceMs?: number): Promise<void> {
    const ended = this.ending.ask(graceMs)
    this.settleFlow()
    return ended
  }

  /** As `end`, because the workspace stops: whoever watches is told that, and what is kept for the next holder stays. */
  async stop(graceMs: number): Promise<void> {
    this.outcome.isStopping = true
    await this.end(graceMs)
    this.naming.settle()
    this.program.dispose()
  }

  /** Whether its program has ended, nobody watches, and nobody has asked to end it. */
  get isAtRest(): boolean {
    return this.outcome.isReached && this.audience.count === 0 && !this.ending.isAsked
  }

  /** Whether its program ended with an earlier holder. */
  get isEarlier(): boolean {
    return this.options.earlier !== undefined
  }

  /** Lets go of it as it is, for another holder to take up; those who watch ask for it anew. Its program has ended. */
  leave(): void {
    this.naming.settle()
    this.audience.each((viewer) => viewer.left())
    this.program.dispose()
    this.screen?.leave?.()
    this.history.leave?.()
  }

  /** Forgets the history. Call it after the exit. */
  dispose(): void {
    this.audience.each((viewer) => viewer.removed())
    this.naming.dispose()
    this.program.dispose()
    this.history.dispose()
    this.screen?.dispose()
    this.keep?.dispose()
  }

  private note(): void {
    this.keep?.note({ record: this.record, exitedAtMs: this.outcome.exitedAtMs })
  }

  private produced(bytes: Buffer): boolean {
    this.options.active?.()
    const offset = this.recording.append(bytes)
    const isKept = this.audience.produced(bytes, offset)
    this.settleFlow()
    // Those who watch have it by now: what it says of itself can wait for them.
    this.screen?.produced(bytes)
    this.naming.read(bytes)
    return isKept
  }

  private audienceChanged(countBefore: number, newcomer?: Viewer): void {
    const { count } = this.audience
    this.fit(newcomer)
    if (count !== countBefore) this.audience.tell({ type: 'clients', count }, newcomer)
    this.settleFlow()
    this.options.changed()
  }

  private renamed(title: string | undefined): void {
    if (title !== undefined) this.audience.tell({ type: 'title', title })
    this.note()
    this.options.changed()
  }
}
