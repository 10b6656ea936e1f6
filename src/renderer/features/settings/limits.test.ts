import { expect, test } from 'vitest'
import { changedLimits, draftOf } from './limits.ts'

const resources = { cpus: 1.5, memoryBytes: 4_294_967_296, pids: 2048 }

test('limits are typed as they are read', () => {
  expect(draftOf(resources)).toEqual({ cpus: '1.5', memory: '4', pids: '2048' })
  expect(changedLimits({ cpus: '0,5', memory: ' 0.25 ', pids: '64' }, resources)).toEqual({
    ok: true,
    changes: { cpus: 0.5, memoryBytes: 268_435_456, pids: 64 },
  })
})

test('a limit that nobody changed is not sent, rounded as it may be on the screen', () => {
  const odd = { cpus: 2, memoryBytes: 1500 * 1_048_576, pids: 2048 }
  expect(draftOf(odd).memory).toBe('1.46')
  expect(changedLimits({ ...draftOf(odd), cpus: '3' }, odd)).toEqual({ ok: true, changes: { cpus: 3 } })
  expect(changedLimits(draftOf(odd), odd)).toEqual({ ok: true, changes: {} })
})

test('each field that holds no limit is named', () => {
  expect(changedLimits({ cpus: '', memory: '1e3', pids: '12.5' }, resources)).toEqual({
    ok: false,
    wrong: ['cpus', 'memory', 'pids'],
  })
})
