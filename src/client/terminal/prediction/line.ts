import type { Key } from './keys.ts'
import type { ScreenView } from './screen-view.ts'

/** A line of input as a shell edits it, as far as it was typed here. */
export interface Line {
  row: number
  /** The column at which typing began. */
  start: number
  /** The cursor's column. */
  col: number
  /** What was typed, by cell from `start` on; the second half of a wide character is empty. */
  cells: readonly string[]
}

/** With fewer blanks than this behind the cursor there may be text, which typing would move. */
const BLANKS = 10

/** The line at the screen's cursor, on which nothing was typed yet; `undefined` where text stands behind the cursor. */
export function lineAtCursor(view: ScreenView): Line | undefined {
  const { row, col } = view.cursor
  const blanks = Math.min(BLANKS, Math.max(0, view.cols - col))
  const isFree = Array.from({ length: blanks }, (_, index) => view.cell(row, col + index)).every((cell) => cell === ' ')
  return isFree ? { row, start: col, col, cells: [] } : undefined
}

/** The line after `key`; `undefined` where it leaves what was typed, or reaches the end of the row: shells differ there. */
export function afterKey(line: Line, key: Key, cols: number): Line | undefined {
  const { start, col, cells } = line
  const at = col - start
  if (key.kind === 'text') {
    if (start + cells.length + key.width >= cols) return undefined
    const character = key.width === 2 ? [key.text, ''] : [key.text]
    return { ...line, col: col + key.width, cells: cells.toSpliced(at, 0, ...character) }
  }
  if (key.kind === 'right') {
    if (at >= cells.length) return undefined
    return { ...line, col: col + (cells[at + 1] === '' ? 2 : 1) }
  }
  if (at === 0) return undefined
  const width = cells[at - 1] === '' ? 2 : 1
  const left = { ...line, col: col - width }
  return key.kind === 'left' ? left : { ...left, cells: cells.toSpliced(at - width, width) }
}

/** Whether the screen shows what was typed. What is behind it (suggestions, a clock) is the shell's affair. */
export function hasCells({ row, start, cells }: Line, view: ScreenView): boolean {
  return cells.every((cell, index) => view.cell(row, start + index) === cell)
}

/** Whether the screen shows the line, with its cursor. */
export function isShown(line: Line, view: ScreenView): boolean {
  const { row, col } = view.cursor
  return row === line.row && col === line.col && hasCells(line, view)
}

/** Whether two states of a line cannot be told apart by what was typed. */
export function looksLike(line: Line, other: Line): boolean {
  if (line.row !== other.row || line.col !== other.col || line.start !== other.start) return false
  return line.cells.every((cell, index) => cell === (other.cells[index] ?? ' '))
}
