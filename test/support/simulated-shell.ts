import type { Prediction } from '../../src/client/terminal/prediction/predictor.ts'
import type { ScreenView } from '../../src/client/terminal/prediction/screen-view.ts'
import type { ManualClock } from './manual-clock.ts'

/** How a program takes keys: as a shell's line editor, without showing them, over the whole screen, or as it likes. */
export type ShellMode = 'line' | 'silent' | 'full-screen' | 'moves'

type Screen = { rows: string[][]; cursor: { row: number; col: number } }

const PROMPT = '$ '
const ROWS = 60
const isWide = (character: string): boolean => (character.codePointAt(0) ?? 0) >= 0x1100

/** A program behind a slow link: what it shows of a key is on this side a round trip after the key. */
export class SimulatedShell {
  readonly view: ScreenView
  mode: ShellMode = 'line'
  /** Called when its output was parsed, and when it was told how much input was taken. */
  onParsed: () => void = () => undefined
  onTaken: (offset: number) => void = () => undefined
  readonly #clock: ManualClock
  readonly #delayMs: number
  readonly #cols: number
  #top = 0
  #before: string[] = []
  #after: string[] = []
  #moved = 0
  #sent = 0
  #taken = 0
  #shown: Screen

  constructor(clock: ManualClock, { delayMs, cols }: { delayMs: number; cols: number }) {
    this.#clock = clock
    this.#delayMs = delayMs
    this.#cols = cols
    this.#shown = this.#render()
    const cursor = (): ScreenView['cursor'] => this.#shown.cursor
    const isAlternate = (): boolean => this.mode === 'full-screen'
    this.view = {
      cols,
      get cursor() {
        return cursor()
      },
      get isAlternate() {
        return isAlternate()
      },
      cell: (row, col) => this.#shown.rows[row]?.[col] ?? ' ',
    }
  }

  /** A key leaves this side; returns the offset of the input after it. */
  type(key: string): number {
    this.#sent += key.length
    this.#clock.schedule(() => this.#take(key), this.#delayMs / 2)
    return this.#sent
  }

  /** Prints a line above the prompt, as a job in the background does. */
  print(): void {
    this.#top += 1
    this.#show()
  }

  /** The row of the cursor as it is drawn here, with `prediction` over it. */
  drawn(prediction: Prediction | undefined): { text: string; col: number } {
    const { rows, cursor } = this.#shown
    const row = [...(rows[prediction?.row ?? cursor.row] ?? [])]
    for (const { col, text, width } of prediction?.cells ?? []) row.splice(col, width, ...[text, ''].slice(0, width))
    return { text: row.join('').trimEnd(), col: prediction?.cursorCol ?? cursor.col }
  }

  #take(key: string): void {
    this.#taken += key.length
    const offset = this.#taken
    if (this.mode === 'line') this.#edit(key)
    else if (this.mode === 'moves') this.#moved += 1
    this.#show()
    this.#clock.schedule(() => this.onTaken(offset), this.#delayMs / 2 + 10)
  }

  #edit(key: string): void {
    const last = this.#before.at(-1)
    if (key === '\r') {
      this.#top += 1
      this.#before = []
      this.#after = []
    } else if (key === '\u{7f}') this.#before.pop()
    else if (key === '\u{1b}[D' && last !== undefined) this.#after.unshift(this.#before.pop() ?? '')
    else if (key === '\u{1b}[C' && this.#after.length > 0) this.#before.push(this.#after.shift() ?? '')
    else if (!key.startsWith('\u{1b}')) this.#before.push(...key)
  }

  #show(): void {
    const screen = this.#render()
    this.#clock.schedule(() => {
      this.#shown = screen
      this.onParsed()
    }, this.#delayMs / 2)
  }

  #render(): Screen {
    const rows = Array.from({ length: ROWS }, () => Array.from({ length: this.#cols }, () => ' '))
    let at = this.#top * this.#cols
    const put = (characters: readonly string[]): void => {
      for (const character of characters) {
        if (isWide(character) && at % this.#cols === this.#cols - 1) at += 1
        for (const half of isWide(character) ? [character, ''] : [character]) {
          const row = rows[Math.floor(at / this.#cols) % ROWS]
          if (row !== undefined) row[at % this.#cols] = half
          at += 1
        }
      }
    }
    put([...PROMPT, ...this.#before])
    const cursor = at + (this.mode === 'moves' ? this.#moved : 0)
    put(this.#after)
    return { rows, cursor: { row: Math.floor(cursor / this.#cols) % ROWS, col: cursor % this.#cols } }
  }
}
