import { MAX_SIDE_CELLS } from '../../contract/terminal/limits.ts'

/** The size in cells that a terminal may have and that comes nearest to the one of a screen. */
export function nearestSize({ cols, rows }: { cols: number; rows: number }): { cols: number; rows: number } {
  const side = (cells: number): number => Math.min(MAX_SIDE_CELLS, Math.max(1, cells))
  return { cols: side(cols), rows: side(rows) }
}
