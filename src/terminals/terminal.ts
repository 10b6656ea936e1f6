import { MAX_CLIENTS } from '../contract/terminal/limits.ts'
import type { TerminalExit, TerminalRecord } from '../contract/terminal/terminal.ts'
import { Audience, type Size, type Viewer } from './audience.ts'
import type { Begun, Program, ProgramEvents, TerminalHistory, TerminalScreen } from './program.ts'
import { ProgramNotes } from './program-notes.ts'
import type { Report } from './report.ts'
import { TerminalInput } from './terminal-input.ts'
import { TerminalRefusal } from './terminal-refusal.ts'

/** What a program says of itself is told this long after, so that one that says much is not heard by everybody. */
const NOTES_MS = 250

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
  readonly screen: TerminalScreen | undefined
  readonly input: TerminalInput
  private readonly options: TerminalOptions
  private readonly ownTitle: string
  private givenTitle = ''
  private readonly notes = new ProgramNotes()
  private noteTimer: NodeJS.Timeout | undefined
  private toldTitle = ''
  private readonly program: Program
  private readonly audience = new Audience()
  private ending: Promise<void> | undefined
  private resolveExit: () => void = () => undefined
  private readonly whenExited = new Promise<void>((resolve) => {
    this.resolveExit = resolve
  })
  private size: Size
  private isClaimedSize = false
  private answerer: string | undefined
  private isHistoryBroken = false
  exit: TerminalExit | undefined
  exitedAtMs: number | undefined
  /** Whether a client has been told of the exit, and has thus seen all of the output. */
  isExitSeen = false

  constructor(options: TerminalOptions) {
    this.id = options.id
    this.options = options
    this.size = { cols: options.cols, rows: options.rows }
    const { title, program, history, screen } = options.begin({
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
    this.ownTitle = title
    this.toldTitle = title
    this.program = program
    this.history = history
    this.screen = screen
    this.input = new TerminalInput(
      (bytes) => {
        options.active?.()
        program.write(bytes)
      },
      (client) => this.audience.of(client) !== undefined,
    )
    this.input.onTaken = (client, offset) => this.audience.of(client)?.inputTaken(offset)
  }

  get record(): TerminalRecord {
    return {
      id: this.id,
      title: this.title,
      isRenamed: this.givenTitle !== '',
      ...(this.notes.folder !== undefined && { cwd: this.notes.folder }),
      createdAt: this.createdAt.toISOString(),
      ...this.size,
      clients: this.audience.count,
      ...(this.exit && { exit: this.exit }),
    }
  }

  get title(): string {
    return this.givenTitle || this.notes.title || this.ownTitle
  }

  /** Whether one client decides the size. */
  get isClaimed(): boolean {
    return this.audience.isClaimed
  }

  /** Takes a title of a person's; an empty one gives the program's own back. */
  rename(title: string): void {
    this.givenTitle = title
    this.tellNotes()
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

  /** `viewer` decides the size, until it leaves or another claims. */
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
    if (this.exit || (isSame && isClaimed === this.isClaimedSize)) return
    this.size = size
    this.isClaimedSize = isClaimed
    if (!isSame) {
      this.program.resize(size.cols, size.rows)
      this.screen?.resized(size)
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
    this.audience.each((viewer) => viewer.removed())
    clearTimeout(this.noteTimer)
    this.program.dispose()
    this.history.dispose()
    this.screen?.dispose()
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
    const isKept = this.audience.produced(bytes, offset)
    this.settleFlow()
    // Those who watch have it by now: what it says of itself can wait for them.
    this.screen?.produced(bytes)
    if (this.notes.read(bytes)) this.noteTimer ??= setTimeout(() => this.tellNotes(), NOTES_MS)
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

  /** Tells the title and the folder of now. */
  private tellNotes(): void {
    clearTimeout(this.noteTimer)
    this.noteTimer = undefined
    const { title } = this
    if (title !== this.toldTitle) this.tellAll({ type: 'title', title })
    this.toldTitle = title
    this.options.changed()
  }

  private programExited(exit: TerminalExit): void {
    this.exit = exit
    this.exitedAtMs = Date.now()
    this.audience.each((viewer) => viewer.exited())
    this.options.changed()
    this.resolveExit()
  }
}
