import { expect, test } from 'vitest'
import { EngineActivity } from './activity.ts'

test('a command that runs is work, of just its workspace', () => {
  const activity = new EngineActivity({ tell: () => undefined })
  expect(activity.look('a')).toBeUndefined()
  const [first, second] = [activity.begin('a'), activity.begin('a')]
  first()
  expect(activity.look('a')).toEqual({ idleMs: 0, busy: ['exec'] })
  expect(activity.look('b')).toBeUndefined()
  second()
  expect(activity.look('a')?.busy).toEqual([])
  activity.forget('a')
  expect(activity.look('a')).toBeUndefined()
})

test('work is told at once, and then once in each minute of it', () => {
  let steadyMs = 0
  const told: string[] = []
  const activity = new EngineActivity({ tell: (workspace) => told.push(workspace), steadyMs: () => steadyMs })
  for (steadyMs = 0; steadyMs < 150_000; steadyMs += 10) activity.note('a')
  expect(told).toEqual(['a', 'a', 'a'])
  activity.note('b')
  expect(told).toEqual(['a', 'a', 'a', 'b'])
  activity.forget('a')
  activity.note('a')
  expect(told.at(-1)).toBe('a')
})
