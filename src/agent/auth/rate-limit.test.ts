import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('lets a burst through, then as many as come back, each key for itself', () => {
  let now = 0
  const limit = createRateLimit({ burst: 3, perSecond: 2, now: () => now })
  const taken = (key: string, times: number) =>
    Array.from({ length: times }, () => limit.take(key)).filter(Boolean).length
  expect(taken('a', 10)).toBe(3)
  expect(taken('b', 10)).toBe(3)
  now += 1_000
  expect(taken('a', 10)).toBe(2)
  now += 60_000
  expect(taken('a', 10)).toBe(3)
})

it('remembers a bounded number of keys', () => {
  const limit = createRateLimit({ burst: 1, perSecond: 0, now: () => 0 })
  expect(limit.take('first')).toBe(true)
  for (let key = 0; key < 20_000; key += 1) limit.take(`k${key}`)
  expect(limit.take('first')).toBe(true)
})
