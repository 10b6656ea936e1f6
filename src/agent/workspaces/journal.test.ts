import { expect, test } from 'vitest'
import { Journal } from './journal.ts'

const at = '2026-01-02T03:04:05.000Z'
const journal = (): Journal => new Journal(() => new Date(at))

test('keeps lines of each workspace apart, with their time and source', () => {
  const pages = journal()
  pages.write('ws-a', 'build', 'Step 1\r\nStep 2\n')
  pages.write('ws-b', 'script', 'hello')
  expect(pages.lines('ws-a')).toEqual([
    { at, source: 'build', text: 'Step 1' },
    { at, source: 'build', text: 'Step 2' },
  ])
  expect(pages.lines('ws-b')).toHaveLength(1)
  pages.forget('ws-a')
  expect(pages.lines('ws-a')).toEqual([])
})

test('keeps the last 2,000 lines, and cuts long ones', () => {
  const pages = journal()
  for (let line = 0; line < 5000; line += 1) pages.write('ws-a', 'script', `line ${line}`)
  pages.write('ws-a', 'script', 'x'.repeat(10_000))
  const kept = pages.lines('ws-a')
  expect(kept).toHaveLength(2000)
  expect(kept.at(-2)?.text).toBe('line 4999')
  expect(kept.at(-1)?.text).toHaveLength(8192)
})

test('tells followers what comes, and ends when they leave', async () => {
  const pages = journal()
  pages.write('ws-a', 'script', 'before')
  const leaving = new AbortController()
  const told: string[] = []
  const following = (async () => {
    for await (const { text } of pages.follow('ws-a', leaving.signal)) {
      told.push(text)
      if (text === 'last') leaving.abort()
    }
  })()
  await Promise.resolve()
  pages.write('ws-a', 'script', 'first\nsecond')
  pages.write('ws-a', 'build', 'last')
  await following
  expect(told).toEqual(['first', 'second', 'last'])
})
