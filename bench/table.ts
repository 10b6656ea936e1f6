import type { Figure, Measurement } from './figures/figure.ts'
import { median } from './statistics.ts'

/** One line of the table, and one entry of the file. */
export interface Row {
  figure: string
  peer: string
  unit: string
  ours: number
  peerValue: number
  ratio: number
  goal: string
  met: boolean
  rounds: Measurement
}

export function toRow(figure: Figure, rounds: Measurement): Row {
  const ours = median(rounds.ours)
  const peerValue = median(rounds.peer)
  const ratio = ours / peerValue
  const { goal } = figure
  const [words, met] =
    'atMost' in goal ? [`≤ ${goal.atMost} ×`, ratio <= goal.atMost] : [`≥ ${goal.atLeast} ×`, ratio >= goal.atLeast]
  return { figure: figure.name, peer: figure.peer, unit: figure.unit, ours, peerValue, ratio, goal: words, met, rounds }
}

/** The rows as text, in columns. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.figure,
    `${row.ours.toFixed(2)} ${row.unit}`,
    `${row.peerValue.toFixed(2)} ${row.unit}`,
    `${row.ratio.toFixed(2)} ×`,
    row.goal,
    row.met ? 'met' : 'MISSED',
    row.peer,
  ])
  const all = [['figure', 'Berth', 'beside', 'ratio', 'goal', '', 'beside what'], ...lines]
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
