import type { Progress } from '../../engine/engine.ts'

/** The phases of a clone that take time, and the share of the whole that each begins and ends at. */
const PHASES: readonly (readonly [name: string, from: number, to: number])[] = [
  ['Counting objects', 0, 2],
  ['Compressing objects', 2, 5],
  ['Receiving objects', 5, 80],
  ['Resolving deltas', 80, 95],
  ['Updating files', 95, 100],
  ['Checking out files', 95, 100],
  ['Filtering content', 95, 100],
]

const LINE =
  /^(?:remote: )?([A-Z][a-z]+(?: [a-z]+)*):\s+(\d{1,3})% \((\d+)\/(\d+)\)(?:, ([\d.]+ [KMGT]?i?B)(?: \| ([\d.]+ [KMGT]?i?B\/s))?)?/

/** What one line of `git clone --progress` tells of the whole; undefined for lines that tell none. */
export function parseGitProgress(line: string): Progress | undefined {
  const [, name = '', percent = '', done = '', total = '', size, rate] = LINE.exec(line) ?? []
  const phase = PHASES.find(([known]) => known === name)
  if (phase === undefined) return undefined
  const [, from, to] = phase
  const amount = size === undefined ? '' : `, ${size}${rate === undefined ? '' : ` at ${rate}`}`
  return {
    percent: Math.round(from + ((to - from) * Math.min(100, Number(percent))) / 100),
    detail: `${name} ${done} of ${total}${amount}`,
  }
}

/** Splits output into lines at newlines and carriage returns, whatever the pieces it comes in; holds at most 64 KiB of one. */
export class LineSplitter {
  #rest = ''

  /** The lines that are whole now. */
  push(text: string): string[] {
    const parts = (this.#rest + text).split(/\r\n|\n|\r/)
    this.#rest = (parts.pop() ?? '').slice(-65_536)
    return parts
  }

  /** What is left when no more comes. */
  end(): string[] {
    const rest = this.#rest
    this.#rest = ''
    return rest === '' ? [] : [rest]
  }
}
