import { expect, test } from 'vitest'
import { type ProcessEntry, parseProcessStat, sessionTree } from './processes.ts'

test('a name may hold spaces, brackets and line breaks', () => {
  const rest = `S 7 40 39 34816 41 4194304 ${Array.from({ length: 12 }, () => '0').join(' ')} 987654 0 0`
  expect(parseProcessStat(`42 (a) b (\n) ${rest}`)).toEqual({
    pid: 42,
    parent: 7,
    group: 40,
    session: 39,
    foreground: 41,
    startTime: '987654',
    isZombie: false,
    isRunning: false,
  })
  expect(parseProcessStat('')).toBeUndefined()
})

const entry = (pid: number, parent: number, session: number): ProcessEntry => ({
  ...{ pid, parent, session, group: pid, foreground: -1, startTime: '1', isZombie: false, isRunning: false },
})

test('a session is its members and their descendants in sessions of their own, and nobody else', () => {
  const processes = [
    entry(1, 0, 1),
    entry(10, 1, 10),
    entry(11, 10, 10),
    entry(12, 11, 12),
    entry(13, 12, 12),
    // Left its parent but not its session.
    entry(14, 1, 10),
    // A daemon: neither.
    entry(15, 1, 15),
    entry(20, 1, 20),
  ]
  expect(sessionTree(processes, 10).map(({ pid }) => pid)).toEqual([10, 11, 14, 12, 13])
})
