import { expect, test } from 'vitest'
import { rateLimit } from './rate-limit.ts'

test('a burst is allowed once, and the rate after it', () => {
  let now = 0
  const isAllowed = rateLimit(10, 3, () => now)
  expect([isAllowed(), isAllowed(), isAllowed(), isAllowed()]).toEqual([true, true, true, false])
  now += 100
  expect([isAllowed(), isAllowed()]).toEqual([true, false])
  now += 60_000
  expect([isAllowed(), isAllowed(), isAllowed(), isAllowed()]).toEqual([true, true, true, false])
})
