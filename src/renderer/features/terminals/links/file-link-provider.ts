import type { ILink, ILinkProvider, Terminal } from '@xterm/xterm'
import { textLines } from '../screen-text.ts'
import { findLinks, reachOfLinks } from './find-links.ts'
import type { LinkTarget } from './link-target.ts'

type FileLinkDeps = {
  cwd: () => string | undefined
  hover: (target: LinkTarget | undefined) => void
  activate: (event: MouseEvent, target: LinkTarget) => void
}

/** Finds file positions in what is under the pointer. Columns are cells: a wide character takes two. */
export function fileLinkProvider(xterm: Terminal, { cwd, hover, activate }: FileLinkDeps): ILinkProvider {
  return {
    provideLinks(y, callback) {
      const [line] = textLines(xterm.buffer.active, { from: y - 1, to: y - 1, reach: reachOfLinks(xterm.cols) })
      if (line === undefined) {
        callback(undefined)
        return
      }
      const links = findLinks(line.text, cwd()).filter(({ target }) => target.kind === 'file')
      callback(
        links.map(
          ({ start, end, text, target }): ILink => ({
            text,
            range: { start: cellOf(xterm, line.firstRow, start), end: cellOf(xterm, line.firstRow, end - 1) },
            activate: (event) => activate(event, target),
            hover: () => hover(target),
            leave: () => hover(undefined),
          }),
        ),
      )
    },
  }
}

/** The cell (both counted from 1) of the character at `index` of the line that begins at `firstRow`. */
function cellOf(xterm: Terminal, firstRow: number, index: number): { x: number; y: number } {
  let [row, seen] = [firstRow, 0]
  for (;;) {
    const line = xterm.buffer.active.getLine(row)
    if (line === undefined) return { x: 1, y: firstRow + 1 }
    for (let column = 0; column < xterm.cols; column += 1) {
      const cell = line.getCell(column)
      if (cell === undefined || cell.getWidth() === 0) continue
      seen += Math.max(1, cell.getChars().length)
      if (seen > index) return { x: column + 1, y: row + 1 }
    }
    row += 1
  }
}
