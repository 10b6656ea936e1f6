import { expect, test } from 'vitest'
import { asFile, KEPT_LINES, matchesOf, withLines } from './log-lines.ts'

const line = (text: string) => ({ source: 'container', text }) as const

test('numbers lines on, and lets the oldest go', () => {
  const first = withLines([], [line('one'), line('two')])
  const all = withLines(
    first,
    Array.from({ length: KEPT_LINES }, (_, index) => line(`line ${index}`)),
  )
  expect(all).toHaveLength(KEPT_LINES)
  expect(all.at(0)).toMatchObject({ key: 3, text: 'line 0' })
  expect(new Set(all.map(({ key }) => key)).size).toBe(KEPT_LINES)
})

test('finds in any case, and nothing where nothing is looked for', () => {
  const lines = withLines([], [line('GET /health'), line('boom'), line('get /')])
  expect(matchesOf(lines, ' get ')).toEqual([0, 2])
  expect(matchesOf(lines, '  ')).toEqual([])
})

test('is saved with time and source', () => {
  const lines = withLines([], [{ at: '2026-01-02T03:04:05.000Z', source: 'setup', text: 'image done' }, line('hello')])
  expect(asFile(lines)).toBe('2026-01-02T03:04:05.000Z setup image done\n- container hello\n')
})
