import { expect, test } from 'vitest'
import { draftOf, parseLimits } from './limits.ts'

const resources = { cpus: 1.5, memoryBytes: 4_294_967_296, pids: 2048 }

test('limits are typed as they are read', () => {
  expect(draftOf(resources)).toEqual({ cpus: '1.5', memory: '4', pids: '2048' })
  expect(parseLimits(draftOf(resources))).toEqual({ ok: true, resources })
  expect(parseLimits({ cpus: '0,5', memory: ' 0.25 ', pids: '64' })).toMatchObject({
    resources: { cpus: 0.5, memoryBytes: 268_435_456 },
  })
})

test('each field that holds no limit is named', () => {
  expect(parseLimits({ cpus: '', memory: '1e3', pids: '12.5' })).toEqual({
    ok: false,
    wrong: ['cpus', 'memory', 'pids'],
  })
})
