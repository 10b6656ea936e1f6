import { expect, test } from 'vitest'
import { parseReading } from './container-stats.ts'

const read = '2026-01-02T03:04:05.678901234Z'

test('reads what a container of cgroup v1 uses, without the file cache that nobody uses', () => {
  const line = JSON.stringify({
    read,
    cpu_stats: { cpu_usage: { total_usage: 7_000_000_000 }, system_cpu_usage: 9 },
    memory_stats: { usage: 300, limit: 1000, stats: { total_inactive_file: 120, inactive_file: 60, cache: 200 } },
    networks: { eth0: { rx_bytes: 10, tx_bytes: 20 }, eth1: { rx_bytes: 1, tx_bytes: 2 } },
    pids_stats: { current: 12 },
  })
  expect(parseReading(line)).toEqual({
    at: Date.parse('2026-01-02T03:04:05.678Z'),
    cpuNanoseconds: 7_000_000_000,
    memory: { usedBytes: 180, limitBytes: 1000 },
    network: { receivedBytes: 11, sentBytes: 22 },
    pids: 12,
  })
})

test('reads cgroup v2, where the cache has another name', () => {
  const line = JSON.stringify({ read, memory_stats: { usage: 300, limit: 1000, stats: { inactive_file: 60 } } })
  expect(parseReading(line)).toMatchObject({ memory: { usedBytes: 240 } })
})

test('leaves out what the engine does not tell', () => {
  expect(parseReading(JSON.stringify({ read, cpu_stats: {}, memory_stats: {}, pids_stats: {} }))).toEqual({
    at: Date.parse('2026-01-02T03:04:05.678Z'),
  })
})

test('knows a container that has stopped by its time', () => {
  expect(parseReading(JSON.stringify({ read: '0001-01-01T00:00:00Z', cpu_stats: {} }))).toBe('stopped')
})
