import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Gathered, gather } from './gathered.ts'

let told: string[]
let gathered: Gathered
beforeEach(() => {
  vi.useFakeTimers()
  told = []
  gathered = gather((subject) => told.push(subject))
})
afterEach(() => {
  gathered[Symbol.dispose]()
  vi.useRealTimers()
})

test('news are told at once; a flood as its first and its last', () => {
  gathered.note('alpha')
  expect(told).toEqual(['alpha'])
  for (let count = 0; count < 10_000; count += 1) gathered.note('alpha')
  expect(told).toEqual(['alpha'])
  vi.advanceTimersByTime(50)
  expect(told).toEqual(['alpha', 'alpha'])
  vi.advanceTimersByTime(1000)
  expect(told).toEqual(['alpha', 'alpha'])
})

test('a flood of one delays no other, and a rest ends', () => {
  gathered.note('alpha')
  gathered.note('beta')
  expect(told).toEqual(['alpha', 'beta'])
  vi.advanceTimersByTime(50)
  gathered.note('alpha')
  expect(told).toEqual(['alpha', 'beta', 'alpha'])
})

test('nothing is told any more when it was let go', () => {
  gathered.note('alpha')
  gathered.note('alpha')
  gathered[Symbol.dispose]()
  vi.advanceTimersByTime(1000)
  expect(told).toEqual(['alpha'])
})
