/** The screen as the other side has it: what was parsed of its output. Rows and columns count from 0. */
export interface ScreenView {
  readonly cols: number
  readonly cursor: { row: number; col: number }
  /** Whether a full-screen program has the screen. */
  readonly isAlternate: boolean
  /** The character of a cell: a blank where there is none; empty for the second half of a wide one. */
  cell(row: number, col: number): string
}
