import { median } from './statistics.ts'
import type { Ways } from './turns.ts'

export type Unit = 'ms' | 'MB/s' | 'MB' | 'bytes' | 'processes' | 'calls' | 'cores' | '%'
export type Goal = { atMost: number } | { atLeast: number }

/** One line of the table, and one entry of the file. */
export interface Row {
  figure: string
  unit: Unit
  /** Median of Berth's rounds. */
  ours: number
  /** What the goal bounds the ratio to; absent where it bounds the value itself. */
  peer?: { name: string; value: number; ratio: number }
  /** What else does the same, as a ratio to the peer. */
  others: Ways<number>
  goal: string
  met: boolean
  rounds: Ways<number[]>
}

export interface RowHead {
  figure: string
  unit: Unit
  goal: Goal
}

/** A goal for the ratio of the first way to the second. */
export function ratioRow({ figure, unit, goal }: RowHead, rounds: Ways<number[]>): Row {
  const [[, ours] = ['', []], [name, peer] = ['', []], ...others] = Object.entries(rounds)
  const value = median(peer)
  const ratio = median(ours) / value
  return {
    ...{ figure, unit, ours: median(ours), peer: { name, value, ratio } },
    others: Object.fromEntries(others.map(([other, values]) => [other, median(values) / value])),
    ...judge(goal, ratio, ' ×'),
    rounds,
  }
}

/** A goal for the median of what was measured. */
export function valueRow({ figure, unit, goal }: RowHead, values: number[]): Row {
  const ours = median(values)
  return { figure, unit, ours, others: {}, ...judge(goal, ours, ` ${unit}`), rounds: { berth: values } }
}

function judge(goal: Goal, value: number, unit: string): Pick<Row, 'goal' | 'met'> {
  return 'atMost' in goal
    ? { goal: `≤ ${goal.atMost}${unit}`, met: value <= goal.atMost }
    : { goal: `≥ ${goal.atLeast}${unit}`, met: value >= goal.atLeast }
}

/** The rows as text, in columns. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map(({ figure, unit, ours, peer, others, goal, met }) => [
    figure,
    `${rounded(ours)} ${unit}`,
    peer === undefined ? '' : `${rounded(peer.value)} ${unit}`,
    peer === undefined ? '' : `${peer.ratio.toFixed(2)} ×`,
    goal,
    met ? 'met' : 'MISSED',
    [peer?.name ?? '', ...Object.entries(others).map(([name, ratio]) => `${name} ${ratio.toFixed(2)} ×`)].join('; '),
  ])
  const all = [['figure', 'Berth', 'beside', 'ratio', 'goal', '', 'beside what; and others, beside the same'], ...lines]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)))
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2)
}
