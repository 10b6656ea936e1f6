import type { RingFile } from '../terminals/ring-file.ts'
import { SCROLLBACK_LINES } from './limits.ts'

const LINE_FEED = 0x0a
/** Lines that a screen shows and keeps, however high it is. */
const LINES = SCROLLBACK_LINES + 1000
const PIECE_BYTES = 65_536
/** For all terminals, one after the other: fifty that flood would have hundreds of megabytes wait for the collector. */
const room = Buffer.allocUnsafeSlow(PIECE_BYTES)

type History = Pick<RingFile, 'holds' | 'read'>

/** The last offset, at the begin of a line, that `LINES` line feeds follow before `end`. Nothing where it is before `earliest`. */
export function afterLines(history: History, { earliest, end }: { earliest: number; end: number }): number | undefined {
  let lines = 0
  for (let pieceEnd = end; pieceEnd > earliest; ) {
    const from = Math.max(earliest, pieceEnd - PIECE_BYTES)
    if (!history.holds(from)) return undefined
    const bytes = history.read(from, pieceEnd - from, room)
    for (let index = bytes.length - 1; index >= 0; index -= 1) {
      if (bytes[index] !== LINE_FEED) continue
      if (lines === LINES) return from + index + 1
      lines += 1
    }
    pieceEnd = from
  }
  return undefined
}
