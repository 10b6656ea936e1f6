import { expect, test } from 'vitest'
import { EngineActivity } from './activity.ts'

test('a command that runs is work, of just its workspace', () => {
  const activity = new EngineActivity()
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
