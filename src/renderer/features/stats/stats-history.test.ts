import { expect, test } from 'vitest'
import { niceCeiling, pointsOf, runsOf, WINDOW_MS, windowOf, withSample } from './stats-history.ts'

const start = Date.parse('2026-01-02T03:00:00Z')
const sample = (seconds: number, percent?: number) => ({
  workspace: 'api',
  at: new Date(start + seconds * 1000).toISOString(),
  ...(percent === undefined ? {} : { cpu: { percent, cpus: 2 } }),
})

test('keeps five minutes, each moment once', () => {
  const first = withSample([], sample(0))
  expect(withSample(first, sample(0))).toHaveLength(1)
  const both = withSample(first, sample(WINDOW_MS / 1000))
  expect(both).toHaveLength(2)
  expect(withSample(both, sample(WINDOW_MS / 1000 + 1))).toHaveLength(2)
})

test('shows the shortest span that holds what was told', () => {
  expect(windowOf([])).toBe(60_000)
  expect(windowOf([sample(0), sample(61)])).toBe(120_000)
  expect(windowOf([sample(0), sample(280)])).toBe(WINDOW_MS)
})

test('draws a gap where nothing was told, never a zero', () => {
  const history = [sample(0, 10), sample(2, 20), sample(4), sample(20, 30)]
  const points = pointsOf(history, ({ cpu }) => cpu?.percent)
  expect(points.map(({ value }) => value)).toEqual([10, 20, 30])
  expect(runsOf(points, 6000).map((run) => run.length)).toEqual([2, 1])
})

test('ends an axis at a round number', () => {
  expect([0, 0.3, 1, 7, 12, 430, 5001].map(niceCeiling)).toEqual([1, 0.5, 1, 10, 20, 500, 10_000])
})
