import type { Clock } from '../../clock.ts'
import { type Key, keysOf } from './keys.ts'
import { afterKey, hasCells, isShown, type Line, lineAtCursor, looksLike } from './line.ts'
import type { ScreenView } from './screen-view.ts'

/** Whether keys are shown before the other side has: on links that are slow enough to feel it, always, or never. */
export type PredictionMode = 'auto' | 'on' | 'off'

/** Round trips from which on, and down to which, `auto` predicts. */
const SLOW_MS = 30
const QUICK_MS = 20
/** A shell has this long to show a key that its terminal has taken. */
const GRACE_MS = 250
/** Keys that follow each other faster may be on the screen before it is told that the first was taken. */
const APART_MS = 50

/** What is to be drawn over the screen: cells that differ from it, and the cursor. */
export interface Prediction {
  row: number
  cells: readonly { col: number; text: string; width: 1 | 2 }[]
  cursorCol: number
}

export interface PredictorDeps {
  view: ScreenView
  clock: Clock
  /** `prediction` may be another one. */
  changed: () => void
}

/** Keys that left together at `at` (ms of the clock), before `endOffset` of the input. */
type Typed = { keys: readonly Key[]; endOffset: number; at: number }
/** A key on its way: the line after it, the end of the input that carries it, and whether the screen had all of it before. */
type Step = { line: Line; endOffset: number; provesEcho: boolean }

/**
 * Foretells what a shell will show of the keys that are on their way to it, as mosh does. Nothing is shown before the other
 * side has echoed a key since the last one whose effect is not known (Enter, Tab, anything in a full-screen program): so
 * passwords never are. What comes otherwise than foretold is withdrawn, and proof is asked for anew.
 *
 * Offsets count the bytes of input. `acknowledged` is told after the output that came before it was parsed.
 */
export class Predictor {
  readonly #deps: PredictorDeps
  #mode: PredictionMode = 'auto'
  #isSlow = false
  /** The line as the screen had it last; `undefined` where nothing is known of it. */
  #base: Line | undefined
  #steps: Step[] = []
  #isProven = false
  /** The screen is not what was foretold; more output may mend it. */
  #isInDoubt = false
  /** Nothing is foretold until the terminal has taken all before this. */
  #blindUntil: number | undefined
  #blindSince = 0
  /** What was typed while blind: foretold as soon as it is known where it goes. */
  #unplaced: Typed[] = []
  #acknowledged = 0
  #cancelGrace: (() => void) | undefined

  constructor(deps: PredictorDeps) {
    this.#deps = deps
  }

  /** What to draw now; `undefined` for nothing. */
  get prediction(): Prediction | undefined {
    const last = this.#steps.at(-1)
    if (last === undefined || !this.#isProven || this.#isInDoubt) return undefined
    return drawn(last.line, { view: this.#deps.view, widest: this.#widest() })
  }

  setMode(mode: PredictionMode): void {
    this.#mode = mode
    if (!this.#isActive()) this.reset()
  }

  /** The link's round trip, smoothed. */
  measured(roundTripMs: number): void {
    this.#isSlow = roundTripMs > (this.#isSlow ? QUICK_MS : SLOW_MS)
    if (!this.#isActive()) this.reset()
  }

  /** `typed` goes to the terminal now; its last byte is before `endOffset`. */
  typed(typed: string, endOffset: number): void {
    if (!this.#isActive()) return
    const at = this.#deps.clock.now()
    const keys = this.#deps.view.isAlternate ? undefined : keysOf(typed)
    if (keys === undefined) this.#blind({ endOffset, at })
    else this.#place({ keys, endOffset, at })
    this.#deps.changed()
  }

  /** The terminal has taken all input before `offset`. */
  acknowledged(offset: number): void {
    this.#acknowledged = offset
    if (this.#blindUntil !== undefined && offset >= this.#blindUntil) this.#see()
    else this.#compare()
    if (this.#isOverdue()) this.#cancelGrace ??= this.#deps.clock.schedule(() => this.#judge(), GRACE_MS)
    this.#deps.changed()
  }

  /** Output was parsed. */
  parsed(): void {
    if (this.#deps.view.isAlternate) this.reset()
    else this.#compare()
    this.#deps.changed()
  }

  /** All is void: the size changed, the link broke, the screen was cleared. */
  reset(): void {
    this.#startAnew()
    this.#deps.changed()
  }

  dispose(): void {
    this.#cancelGrace?.()
  }

  #isActive(): boolean {
    return this.#mode === 'on' || (this.#mode === 'auto' && this.#isSlow)
  }

  /** After a key whose effect is not known the cursor may be anywhere, until its effect is on the screen. */
  #blind({ endOffset, at }: { endOffset: number; at: number }): void {
    this.#blindUntil = endOffset
    this.#blindSince = at
    this.#unplaced = []
  }

  #place(typed: Typed): void {
    if (this.#blindUntil === undefined) this.#foretell(typed)
    else if (this.#unplaced.length === 0 && typed.at - this.#blindSince < APART_MS) this.#blind(typed)
    else this.#unplaced.push(typed)
  }

  #see(): void {
    const unplaced = this.#unplaced.filter(({ endOffset }) => endOffset > this.#acknowledged)
    this.#startAnew()
    for (const typed of unplaced) this.#place(typed)
  }

  #foretell({ keys, endOffset, at }: Typed): void {
    const { view } = this.#deps
    for (const key of keys) {
      const before = this.#steps.at(-1)?.line ?? this.#base ?? lineAtCursor(view)
      const line = before === undefined ? undefined : afterKey(before, key, view.cols)
      if (line === undefined) {
        this.#blind({ endOffset, at })
        return
      }
      this.#base ??= before
      this.#steps.push({ line, endOffset, provesEcho: !hasCells(line, view) })
    }
  }

  #compare(): void {
    const { view } = this.#deps
    if (this.#base === undefined) return
    const shown = this.#lastShown()
    this.#isInDoubt = false
    if (shown !== undefined) this.#confirm(shown)
    else if (!isShown(this.#base, view)) this.#doubt()
  }

  /** The last key that the screen shows and the terminal has taken; else the first that the screen shows. */
  #lastShown(): number | undefined {
    const isTaken = ({ line, endOffset }: Step): boolean =>
      endOffset <= this.#acknowledged && isShown(line, this.#deps.view)
    const taken = this.#steps.findLastIndex(isTaken)
    if (taken !== -1) return taken
    const base = this.#base
    // A line that looks as before the key says nothing of the key.
    const first = this.#steps.findIndex(
      ({ line }) => isShown(line, this.#deps.view) && !(base !== undefined && looksLike(line, base)),
    )
    return first === -1 ? undefined : first
  }

  #confirm(index: number): void {
    const confirmed = this.#steps.splice(0, index + 1)
    this.#base = confirmed.at(-1)?.line
    if (confirmed.at(-1)?.provesEcho === true) this.#isProven = true
  }

  #doubt(): void {
    if (this.#steps.length === 0) this.#withdraw()
    else {
      this.#isInDoubt = true
      this.#cancelGrace ??= this.#deps.clock.schedule(() => this.#judge(), GRACE_MS)
    }
  }

  /** Withdraws what was not shown in time. */
  #judge(): void {
    this.#cancelGrace = undefined
    this.#compare()
    if (this.#isInDoubt || this.#isOverdue()) {
      const last = this.#steps.at(-1)?.endOffset ?? 0
      this.#withdraw()
      // What is still under way will move the cursor.
      if (last > this.#acknowledged && this.#blindUntil === undefined) {
        this.#blind({ endOffset: last, at: this.#deps.clock.now() })
      }
    }
    this.#deps.changed()
  }

  #isOverdue(): boolean {
    return this.#steps.some(({ endOffset }) => endOffset <= this.#acknowledged)
  }

  #startAnew(): void {
    this.#withdraw()
    this.#blindUntil = undefined
    this.#unplaced = []
  }

  #withdraw(): void {
    this.#cancelGrace?.()
    this.#cancelGrace = undefined
    this.#base = undefined
    this.#steps = []
    this.#isProven = false
    this.#isInDoubt = false
  }

  #widest(): number {
    return Math.max(this.#base?.cells.length ?? 0, ...this.#steps.map(({ line }) => line.cells.length))
  }
}

/** The cells of `line` that the screen has otherwise, and the one under its cursor, which moves. */
function drawn({ row, start, col, cells }: Line, { view, widest }: { view: ScreenView; widest: number }): Prediction {
  const { cursor } = view
  const isDrawn = ({ col: column, text }: { col: number; text: string }): boolean =>
    text !== '' && (view.cell(row, column) !== text || (column === cursor.col && row === cursor.row))
  const foretold = Array.from({ length: widest }, (_, index) => ({
    col: start + index,
    text: cells[index] ?? ' ',
    width: cells[index + 1] === '' ? (2 as const) : (1 as const),
  }))
  return { row, cells: foretold.filter(isDrawn), cursorCol: col }
}
