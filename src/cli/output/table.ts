import { plainText } from './plain-text.ts'

export type TableCell = string | { text: string; paint: (padded: string) => string }

/** Rows under their headings, each column as wide as its widest cell; paint does not count as width. */
export function formatTable(headings: readonly string[], rows: readonly (readonly TableCell[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell) => settled(cell)))
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.text.length ?? 0)))
  return lines
    .map((cells) =>
      cells
        .map(({ text, paint }, column) => paint(column === cells.length - 1 ? text : text.padEnd(widths[column] ?? 0)))
        .join('   '),
    )
    .join('\n')
}

function settled(cell: TableCell): { text: string; paint: (padded: string) => string } {
  return typeof cell === 'string'
    ? { text: plainText(cell), paint: (text) => text }
    : { ...cell, text: plainText(cell.text) }
}
