import { type ReadableBuffer, textLines } from '../screen-text.ts'
import type { Command } from '../shell/command-log.ts'

/** All that a terminal has kept, as text, with the places in it where commands begin. */
export type ReadableText = {
  text: string
  /** Offsets of lines with a prompt, from the oldest. */
  commands: readonly number[]
}

/** The text of a buffer, each line as it was written; empty lines at its end are left out. */
export function readableText(buffer: ReadableBuffer, commands: readonly Pick<Command, 'prompt'>[]): ReadableText {
  const lines = textLines(buffer, { from: 0, to: buffer.length - 1 })
  const prompts = new Set(commands.map(({ prompt }) => prompt.line))
  const places: number[] = []
  let text = ''
  for (const line of lines) {
    if (isWithin(prompts, line.firstRow, line.lastRow)) places.push(text.length)
    text += `${line.text}\n`
  }
  return { text: text.trimEnd(), commands: places }
}

function isWithin(rows: ReadonlySet<number>, first: number, last: number): boolean {
  for (let row = first; row <= last; row += 1) if (rows.has(row)) return true
  return false
}

/** The place before or after `from` among `places`, which ascend; undefined where there is none. */
export function placeBeside(places: readonly number[], from: number, by: 1 | -1): number | undefined {
  return by === 1 ? places.find((place) => place > from) : places.findLast((place) => place < from)
}

/** Where `wanted` is found next after `from`, around the end, whatever the case; undefined where it is nowhere. */
export function findIn(text: string, wanted: string, { from, by }: { from: number; by: 1 | -1 }): number | undefined {
  if (wanted === '') return undefined
  const [inside, sought] = [text.toLowerCase(), wanted.toLowerCase()]
  const next = by === 1 ? inside.indexOf(sought, from + 1) : inside.lastIndexOf(sought, Math.max(0, from - 1))
  const isBefore = by === -1 && (from <= 0 || next >= from)
  const found = next >= 0 && !isBefore ? next : by === 1 ? inside.indexOf(sought) : inside.lastIndexOf(sought)
  return found < 0 ? undefined : found
}
