import { expect, test } from 'vitest'
import { sum, summarise } from './counts.ts'

const skip = { name: 'e2e', reason: 'no display' }

test('counts of several runners are summed, their skips kept in order', () => {
  const other = { name: 'unit', reason: 'no clock' }
  expect(
    sum([
      { passed: 2, failed: 1, skipped: [skip] },
      { passed: 3, failed: 0, skipped: [other] },
    ]),
  ).toEqual({
    passed: 5,
    failed: 1,
    skipped: [skip, other],
  })
})

test('a run without failures passes, and its last line is the counts alone', () => {
  const { lines, passed } = summarise({ passed: 5, failed: 0, skipped: [skip] }, true)
  expect(lines).toEqual(['Skipped: e2e: no display', '5 passed, 0 failed, 1 skipped'])
  expect(passed).toBe(true)
})

test('where nothing may be absent, a skip is a failure', () => {
  const { lines, passed } = summarise({ passed: 5, failed: 0, skipped: [skip] }, false)
  expect(lines.at(-1)).toBe('5 passed, 1 failed, 0 skipped')
  expect(passed).toBe(false)
})

test('a run in which no test passed has not passed', () => {
  expect(summarise({ passed: 0, failed: 0, skipped: [] }, true).passed).toBe(false)
})
