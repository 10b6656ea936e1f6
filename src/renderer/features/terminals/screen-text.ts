import type { IBuffer, IBufferLine } from '@xterm/xterm'

/** A line as a program wrote it: what was wrapped is one again. Rows count from the oldest that is kept. */
export type TextLine = { text: string; firstRow: number; lastRow: number }

/** The parts of a buffer that its text is read by. */
export type ReadableBuffer = {
  readonly length: IBuffer['length']
  getLine(row: number): Pick<IBufferLine, 'isWrapped' | 'translateToString'> | undefined
}

/**
 * The lines that rows `from` to `to` (both included) belong to, from the top. A line may be all that is kept; of one that goes on for
 * more than `reach` rows before or after those, the rest is left out.
 */
export function textLines(
  buffer: ReadableBuffer,
  { from, to, reach = Number.POSITIVE_INFINITY }: { from: number; to: number; reach?: number },
): TextLine[] {
  const lines: TextLine[] = []
  let row = startOfLine(buffer, { row: from, reach })
  while (row <= Math.min(to, buffer.length - 1)) {
    const line = lineAt(buffer, { firstRow: row, end: to + reach })
    lines.push(line)
    row = line.lastRow + 1
  }
  return lines
}

function startOfLine(buffer: ReadableBuffer, { row, reach }: { row: number; reach: number }): number {
  let first = Math.max(0, row)
  const earliest = Math.max(0, row - reach)
  while (first > earliest && buffer.getLine(first)?.isWrapped === true) first -= 1
  return first
}

function lineAt(buffer: ReadableBuffer, { firstRow, end }: { firstRow: number; end: number }): TextLine {
  let [text, lastRow] = ['', firstRow]
  for (;;) {
    const goesOn = lastRow < end && buffer.getLine(lastRow + 1)?.isWrapped === true
    // Blanks at the end of a row that goes on were written; at the end of a line they may be mere emptiness.
    text += buffer.getLine(lastRow)?.translateToString(!goesOn) ?? ''
    if (!goesOn) return { text: text.trimEnd(), firstRow, lastRow }
    lastRow += 1
  }
}
