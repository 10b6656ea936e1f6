import { MAX_CLIENTS } from '../contract/terminal/limits.ts'
import type { TerminalRecord } from '../contract/terminal/terminal.ts'
import { Audience, type Size, type Viewer } from './audience.ts'
import { Naming } from './naming.ts'
import { Outcome } from './outcome.ts'
import type {
  Begun,
  EarlierTerminal,
  Program,
  ProgramEvents,
  TerminalHistory,
  TerminalKeep,
  TerminalScreen,
} from './program.ts'
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
  private readonly keep: TerminalKeep | undefined
  private readonly audience = new Audience()
  private ending: Promise<void> | undefined
  private size: Size
  private isClaimedSize = false
  private answerer: string | undefined
  private isHistoryBroken = false
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
    this.history = history
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
    const { exit, isStopped } = this.outcome
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
    this.used(viewer)
  }

  /** A person is at `viewer`: what the program asks its terminal from now on is for this one to answer. */
  used(viewer: Viewer): void {
    this.audience.used(viewer)
    this.settleAnswerer()
  }

  /** Whether what the program asks is for `client` to answer. */
  isAnsweredBy(client: string): boolean {
    return this.answerer === client
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
    this.tellAll({ type: 'size', ...size, claimed: isClaimed }, newcomer)
  }

  /** Lets the program go on, or wait, as those who watch need it. */
  settleFlow(): void {
    // While the program ends nothing holds it back: one that waits for its terminal could not say goodbye.
    if (!this.ending && this.audience.holdsBack) this.program.pause()
    else this.program.resume()
  }

  signal(name: NodeJS.Signals): void {
    if (!this.outcome.isReached) this.program.signal(name)
  }

  /** Ends the program and all of its session; resolves when nothing of it runs. Asking again waits for the same end. */
  end(graceMs?: number): Promise<void> {
    this.ending ??= this.endOnce(graceMs)
    this.settleFlow()
    return this.ending
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
    return this.outcome.isReached && this.audience.count === 0 && this.ending === undefined
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

  private async endOnce(graceMs?: number): Promise<void> {
    const { left } = await this.program.end(graceMs)
    if (left.length > 0) {
      this.options.report('warn', 'processes of an ended terminal remain', { terminal: this.id, left })
      if (!this.outcome.isReached) this.program.dispose()
      return
    }
    await this.outcome.reached
  }

  private produced(bytes: Buffer): boolean {
    this.options.active?.()
    const offset = this.history.end
    const error = this.history.append(bytes)
    if (error !== undefined && !this.isHistoryBroken) {
      this.options.report('warn', 'history could not be kept', { terminal: this.id, error })
    }
    this.isHistoryBroken = error !== undefined
    const isKept = this.audience.produced(bytes, offset)
    this.settleFlow()
    // Those who watch have it by now: what it says of itself can wait for them.
    this.screen?.produced(bytes)
    this.naming.read(bytes)
    return isKept
  }

  /** Two who answered would both be typed into the program. */
  private settleAnswerer(): void {
    const before = this.answerer
    const now = this.audience.answerer
    if (now?.client === before) return
    this.answerer = now?.client
    if (before !== undefined) this.audience.of(before)?.tell({ type: 'answers', wanted: false })
    now?.tell({ type: 'answers', wanted: true })
  }

  private audienceChanged(countBefore: number, newcomer?: Viewer): void {
    const { count } = this.audience
    this.settleAnswerer()
    this.fit(newcomer)
    if (count !== countBefore) this.tellAll({ type: 'clients', count }, newcomer)
    this.settleFlow()
    this.options.changed()
  }

  private tellAll(message: Parameters<Viewer['tell']>[0], except?: Viewer): void {
    this.audience.each((viewer) => {
      if (viewer !== except) viewer.tell(message)
    })
  }

  private renamed(title: string | undefined): void {
    if (title !== undefined) this.tellAll({ type: 'title', title })
    this.note()
    this.options.changed()
  }
}
