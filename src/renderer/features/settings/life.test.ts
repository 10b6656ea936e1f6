import { expect, test } from 'vitest'
import { changedLife, lifeOf } from './life.ts'

const bot = { type: 'agent', ttlSeconds: 3600, idleStopSeconds: 600 } as const
const own = { type: 'persistent' } as const

test('only what differs is a change', () => {
  expect(changedLife(lifeOf(bot), bot)).toEqual({})
  expect(changedLife({ ...lifeOf(bot), idleStopSeconds: 0 }, bot)).toEqual({ idleStopSeconds: 0 })
  expect(changedLife({ ...lifeOf(bot), ttlSeconds: 7200 }, bot)).toEqual({ ttlSeconds: 7200 })
  expect(changedLife({ ...lifeOf(own), idleStopSeconds: 600 }, own)).toEqual({ idleStopSeconds: 600 })
})

test('a time to live goes with the type that has one', () => {
  expect(changedLife({ ...lifeOf(own), type: 'agent' }, own)).toEqual({ type: 'agent', ttlSeconds: 86_400 })
  expect(changedLife({ ...lifeOf(bot), type: 'temporary', ttlSeconds: 7200 }, bot)).toEqual({ type: 'temporary' })
})
