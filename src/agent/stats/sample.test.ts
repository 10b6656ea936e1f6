import { expect, test } from 'vitest'
import { isSameRun, toSample } from './sample.ts'

const before = {
  at: Date.parse('2026-01-02T03:04:05Z'),
  cpuNanoseconds: 1e9,
  memory: { usedBytes: 100, limitBytes: 1000 },
  network: { receivedBytes: 1000, sentBytes: 0 },
  pids: 3,
}
const now = {
  at: before.at + 2000,
  cpuNanoseconds: 5e9,
  memory: { usedBytes: 250, limitBytes: 1000 },
  network: { receivedBytes: 5000, sentBytes: 100 },
  pids: 4,
}
const of = { workspace: 'api', cpus: 4, memoryBytes: 800, disk: undefined }

test('tells shares of all CPUs and rates by the second, of the time between two readings', () => {
  expect(toSample(before, now, of)).toEqual({
    workspace: 'api',
    at: '2026-01-02T03:04:07.000Z',
    cpu: { percent: 50, cpus: 4 },
    memory: { usedBytes: 250, limitBytes: 800 },
    network: { receivedBytes: 5000, sentBytes: 100, receivedBytesPerSecond: 2000, sentBytesPerSecond: 50 },
    pids: 4,
  })
})

test('leaves out what the engine did not tell, and takes a limit of 0 for none', () => {
  const sample = toSample({ at: before.at }, { at: now.at, memory: { usedBytes: 5, limitBytes: 0 } }, of)
  expect(sample).toEqual({
    workspace: 'api',
    at: '2026-01-02T03:04:07.000Z',
    memory: { usedBytes: 5, limitBytes: 800 },
  })
})

test('knows a new run by its counters, and never compares with the same reading', () => {
  expect(isSameRun(before, now)).toBe(true)
  expect(isSameRun(before, before)).toBe(false)
  expect(isSameRun(now, { ...before, at: now.at + 1000 })).toBe(false)
})
