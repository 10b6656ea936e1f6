import type { WorkspaceStats } from '../../../contract/agent/stats.ts'

/** What the charts show at most. */
export const WINDOW_MS = 300_000
const WINDOWS_MS = [60_000, 120_000, WINDOW_MS] as const

/** The span that a chart shows: the shortest that holds all that was told. */
export function windowOf(history: readonly WorkspaceStats[]): number {
  const first = history.at(0)
  const last = history.at(-1)
  const span = first === undefined || last === undefined ? 0 : Date.parse(last.at) - Date.parse(first.at)
  return WINDOWS_MS.find((window) => span <= window) ?? WINDOW_MS
}

/** What was told within the last five minutes before the newest sample, oldest first. */
export function withSample(history: readonly WorkspaceStats[], sample: WorkspaceStats): readonly WorkspaceStats[] {
  const from = Date.parse(sample.at) - WINDOW_MS
  return [...history.filter(({ at }) => Date.parse(at) >= from && at < sample.at), sample]
}

export type Point = { at: number; value: number }

/** One measure of a history. What was not told is left out, and so becomes a gap. */
export function pointsOf(
  history: readonly WorkspaceStats[],
  measure: (sample: WorkspaceStats) => number | undefined,
): Point[] {
  return history.flatMap((sample) => {
    const value = measure(sample)
    return value === undefined ? [] : [{ at: Date.parse(sample.at), value }]
  })
}

/** Apart so that a gap is drawn as a gap: a line ends where nothing was told for longer than `gapMs`. */
export function runsOf(points: readonly Point[], gapMs: number): Point[][] {
  const runs: Point[][] = []
  for (const point of points) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run === undefined || last === undefined || point.at - last.at > gapMs) runs.push([point])
    else run.push(point)
  }
  return runs
}

/** A round number that holds all values: 1, 2 or 5 times a power of ten. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10
  return step * power
}
