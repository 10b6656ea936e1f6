import { rmSync } from 'node:fs'
import type { TerminalScreen, ToldScreen } from '../../terminals/program.ts'
import type { RingFile } from '../terminals/ring-file.ts'
import { afterLines } from './after-lines.ts'
import { PrivateModes } from './private-modes.ts'
import type { ScreenSize } from './screen.ts'
import type { ScreenBase, SizeFrom } from './screen-job.ts'
import type { BuiltScreen, ScreenWorker } from './screen-worker.ts'

/** The base moves on when so much output follows it, long before the ring loses that. */
const MOVE_EVERY_BYTES = 4_194_304
/** Where it could not, the next try is so much later. */
const RETRY_BYTES = 1_048_576
/** For each millisecond that the thread worked it rests so many: a flood may take a part of a core from others, no more. */
const REST_FACTOR = 4
/** Resizes since the base: of more, the oldest are left out. */
const MOST_SIZES = 256
/** Of the files with screens, beside that of the ring; the length of all output when it was asked for follows. */
const SCREEN_SUFFIX = '.screen'

/** What a screen can be taken up from. */
export interface ScreenState {
  base: ScreenBase
  sizes: SizeFrom[]
}

export interface KeptScreenOptions {
  history: RingFile
  state: ScreenState
  worker: ScreenWorker
  /** `state` is another than before, and what it was before is about to go. */
  moved(): void
  /** A screen could not be built. */
  failed(error: unknown): void
}

/**
 * The screen of a terminal, for whoever comes when its output is no longer kept from the beginning. Nothing is parsed until
 * somebody asks: the screen is then built from a base, and the output since in the ring. The base moves on before the ring
 * loses what follows it: to where only what has scrolled away lies before it, or, where a program draws in place, to a
 * screen that the thread builds. Where output comes faster than that it is skipped, and the screen says so.
 */
export class KeptScreen implements TerminalScreen {
  private readonly options: KeptScreenOptions
  private readonly modes = new PrivateModes()
  private base: ScreenBase
  private sizes: SizeFrom[]
  private moveAt = MOVE_EVERY_BYTES
  private restUntilMs = 0
  private moving: Promise<void> | undefined
  private isDisposed = false
  private asked: Promise<ToldScreen | undefined> | undefined

  constructor(options: KeptScreenOptions) {
    this.options = options
    this.base = options.state.base
    this.sizes = options.state.sizes
  }

  /** Of a terminal that begins. */
  static begin(size: ScreenSize): ScreenState {
    return { base: { offset: 0, stateFile: undefined, modes: '' }, sizes: [{ ...size, offset: 0 }] }
  }

  get state(): ScreenState {
    return { base: this.base, sizes: this.sizes }
  }

  produced(bytes: Buffer): void {
    const { end } = this.options.history
    this.modes.read(bytes, end)
    if (end >= this.moveAt && !this.moving && !this.asked) this.move(end)
  }

  resized({ cols, rows }: ScreenSize): void {
    const offset = this.options.history.end
    if (this.sizes.length > 1 && this.sizes.at(-1)?.offset === offset) this.sizes.pop()
    this.sizes.push({ cols, rows, offset })
    if (this.sizes.length > MOST_SIZES) this.sizes.splice(1, 1)
  }

  take(): Promise<ToldScreen | undefined> {
    this.asked ??= this.build().finally(() => {
      this.asked = undefined
    })
    return this.asked
  }

  leave(): void {
    this.isDisposed = true
  }

  dispose(): void {
    this.isDisposed = true
    removeFile(this.base.stateFile)
  }

  private async build(): Promise<ToldScreen | undefined> {
    await this.moving
    this.skipLost()
    const built = await this.ask(undefined)
    return built?.screen && { offset: built.offset, bytes: built.screen }
  }

  private move(end: number): void {
    this.moveAt = end + RETRY_BYTES
    if (performance.now() < this.restUntilMs) return
    this.skipLost()
    if (this.moveBeyondScrolled(end)) return
    this.moving = this.moveByThread().finally(() => {
      this.moving = undefined
    })
  }

  private async moveByThread(): Promise<void> {
    const began = performance.now()
    const stateFile = `${this.options.history.path}${SCREEN_SUFFIX}${this.options.history.end}`
    const built = await this.ask(stateFile)
    if (built && !this.isDisposed) this.rebase({ offset: built.offset, stateFile, modes: '' })
    else removeFile(stateFile)
    const now = performance.now()
    this.restUntilMs = now + REST_FACTOR * (now - began)
  }

  /** Where more lines follow than a screen keeps, what lies before them shows no more. */
  private moveBeyondScrolled(end: number): boolean {
    if (this.modes.isAlternate) return false
    const earliest = Math.max(this.base.offset, this.modes.alternateChangedBefore)
    const offset = afterLines(this.options.history, { earliest, end })
    if (offset === undefined) return false
    this.rebase({ offset, stateFile: undefined, modes: this.modes.text })
    return true
  }

  /** Takes up again after output that the ring has lost. */
  private skipLost(): void {
    const { history } = this.options
    if (history.holds(this.base.offset)) return
    const offset = history.start
    const skipped = offset - this.base.offset
    const notice = this.modes.isAlternate ? '' : `\r\n\x1b[7m ${skipped} bytes of output are not kept. \x1b[27m\r\n`
    // What was cut off must not swallow the notice.
    this.rebase({ ...this.base, offset, modes: `\x18${notice}` })
  }

  private rebase(base: ScreenBase): void {
    const before = this.base.stateFile
    this.base = base
    this.moveAt = base.offset + MOVE_EVERY_BYTES
    const later = this.sizes.filter(({ offset }) => offset > base.offset)
    const current = this.sizes.at(-1 - later.length)
    this.sizes = current ? [{ ...current, offset: base.offset }, ...later] : later
    this.options.moved()
    if (base.stateFile !== before) removeFile(before)
  }

  /** Nothing where it could not be built, or output came faster than the ring was read. */
  private async ask(saveTo: string | undefined): Promise<BuiltScreen | undefined> {
    const { history, worker, failed } = this.options
    const { base, sizes } = this
    const ring = { wasWhole: false }
    const job = { ringFile: history.path, base, end: history.end, sizes: [...sizes], saveTo }
    try {
      const built = await worker.build(job, () => {
        ring.wasWhole = !this.isDisposed && history.holds(base.offset)
      })
      return ring.wasWhole ? built : undefined
    } catch (error) {
      if (!this.isDisposed) failed(error)
      return undefined
    }
  }
}

function removeFile(path: string | undefined): void {
  if (path !== undefined) rmSync(path, { force: true })
}
