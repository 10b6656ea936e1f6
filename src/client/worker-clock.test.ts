import { expect, it } from 'vitest'
import { WorkerClock } from './worker-clock.ts'

const NOW = Date.parse('2026-01-01T12:00:00.000Z')
const MINUTE = 60_000

/** A clock that was told a time which is `aheadMs` from what it was in the middle of the call. */
function toldOf(aheadMs: number, roundTripMs: number): number {
  const clock = new WorkerClock({ now: () => NOW })
  clock.told(new Date(NOW - roundTripMs / 2 + aheadMs).toISOString(), roundTripMs)
  return clock.aheadMs
}

it.each([
  ['three minutes ahead', 3 * MINUTE],
  ['three minutes behind', -3 * MINUTE],
  ['a day ahead', 24 * 60 * MINUTE],
  ['a day behind', -24 * 60 * MINUTE],
])('a clock that is %s is known to be', (_words, aheadMs) => {
  expect(toldOf(aheadMs, 400)).toBe(aheadMs)
})

it('is the same where the difference may as well be the way', () => {
  expect(toldOf(150, 400)).toBe(0)
  expect(toldOf(-150, 400)).toBe(0)
})

it('follows what is told last, and nothing that is no time', () => {
  const clock = new WorkerClock({ now: () => NOW })
  expect(clock.aheadMs).toBe(0)
  clock.told('2026-01-01T12:05:00.000Z', 0)
  expect(clock.aheadMs).toBe(5 * MINUTE)
  for (const lie of [undefined, null, 7, '', 'soon', '2026-13-01T00:00:00.000Z', { toString: 1 }]) clock.told(lie, 0)
  expect(clock.aheadMs).toBe(5 * MINUTE)
  clock.told('2026-01-01T11:59:00.000Z', 0)
  expect(clock.aheadMs).toBe(-MINUTE)
})
