import { expect, it } from 'vitest'
import { keptNotice, spanInWords } from './notices.ts'

it.each([
  [1000, 'a second'],
  [30_000, '30 seconds'],
  [600_000, '10 minutes'],
  [3_600_000, 'an hour'],
  [7_200_000, '2 hours'],
  [172_800_000, '2 days'],
])('%d ms is %s', (ms, words) => {
  expect(spanInWords(ms)).toBe(words)
})

it('what is kept says whether work was found or could not be looked for', () => {
  const checkedAt = '2026-01-01T00:00:00.000Z'
  const found = keptNotice('expired', { clean: false, checkedAt, reasons: [{ kind: 'untracked', count: 2 }] })
  const unknown = keptNotice('stopped', { clean: false, checkedAt, reasons: [{ kind: 'unknown' }] })
  expect(found.message).toMatch(/holds work/)
  expect(unknown.message).toMatch(/could not be found out/)
})
