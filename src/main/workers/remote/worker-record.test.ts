import { expect, it } from 'vitest'
import { seenAt, type WorkerRecord } from './worker-record.ts'

const record: WorkerRecord = { id: 'w-1', label: 'tower', address: 'http://tower:7391' }
const MINUTE = 60_000

it('remembers when a worker was there, to within ten minutes, and is the same one until then', () => {
  const first = seenAt(record, 0)
  expect(first).toEqual({ ...record, lastSeenAt: '1970-01-01T00:00:00.000Z' })
  expect(seenAt(first, 10 * MINUTE - 1)).toBe(first)
  expect(seenAt(first, 10 * MINUTE).lastSeenAt).toBe('1970-01-01T00:10:00.000Z')
})
