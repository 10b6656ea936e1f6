import type { LogLine, LogSource } from '../../../contract/agent/log-line.ts'
import { plainLine } from './plain-line.ts'

/** Lines that the screen keeps: what is older is let go. */
export const KEPT_LINES = 10_000

export type ShownLine = { key: number; at: string | undefined; source: LogSource; text: string }

/** The lines with those that came, numbered on; at most `KEPT_LINES`, the last ones. */
export function withLines(known: readonly ShownLine[], came: readonly LogLine[]): readonly ShownLine[] {
  const next = (known.at(-1)?.key ?? 0) + 1
  const added = came.map(({ at, source, text }, index) => ({ key: next + index, at, source, text: plainLine(text) }))
  return [...known, ...added].slice(-KEPT_LINES)
}

/** Places of the lines that hold what is looked for, whatever its case; none for an empty search. */
export function matchesOf(lines: readonly ShownLine[], wanted: string): number[] {
  const needle = wanted.trim().toLowerCase()
  if (needle === '') return []
  return lines.flatMap(({ text }, index) => (text.toLowerCase().includes(needle) ? [index] : []))
}

/** As a file: one line each, with time and source. */
export function asFile(lines: readonly ShownLine[]): string {
  return lines.map(({ at, source, text }) => `${at ?? '-'} ${source} ${text}\n`).join('')
}
