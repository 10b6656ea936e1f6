import type { IBuffer, IBufferLine } from '@xterm/xterm'

/** A line as a program wrote it: what was wrapped is one again. Rows count from the oldest that is kept. */
export type TextLine = { text: string; firstRow: number; lastRow: number }

/** The parts of a buffer that its text is read by. */
export type ReadableBuffer = {
  readonly length: IBuffer['length']
  getLine(row: number): Pick<IBufferLine, 'isWrapped' | 'translateToString'> | undefined
}

/** The lines that rows `from` to `to` (both included) belong to, from the top. */
export function textLines(buffer: ReadableBuffer, from: number, to: number): TextLine[] {
  const lines: TextLine[] = []
  let row = startOfLine(buffer, from)
  while (row <= Math.min(to, buffer.length - 1)) {
    const line = lineAt(buffer, row)
    lines.push(line)
    row = line.lastRow + 1
  }
  return lines
}

function startOfLine(buffer: ReadableBuffer, row: number): number {
  let first = Math.max(0, row)
  while (first > 0 && buffer.getLine(first)?.isWrapped === true) first -= 1
  return first
}

function lineAt(buffer: ReadableBuffer, firstRow: number): TextLine {
  let [text, lastRow] = ['', firstRow]
  for (;;) {
    const goesOn = buffer.getLine(lastRow + 1)?.isWrapped === true
    // Blanks at the end of a row that goes on were written; at the end of a line they may be mere emptiness.
    text += buffer.getLine(lastRow)?.translateToString(!goesOn) ?? ''
    if (!goesOn) return { text: text.trimEnd(), firstRow, lastRow }
    lastRow += 1
  }
}
