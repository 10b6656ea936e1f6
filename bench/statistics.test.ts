import { expect, test } from 'vitest'
import { median, percentile95 } from './statistics.ts'

test('the median of an odd number is in the middle, of an even number between two', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('five of a hundred may be above the 95th percentile', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(percentile95(values.toReversed())).toBe(95)
})

test('nothing measured is no number', () => {
  expect(median([])).toBeNaN()
  expect(percentile95([])).toBeNaN()
})
