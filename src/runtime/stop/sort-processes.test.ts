import { expect, test } from 'vitest'
import { type NamedProcess, sortProcesses } from './sort-processes.ts'

const entry = (pid: number, parent: number, command: string, more: Partial<NamedProcess> = {}): NamedProcess => ({
  pid,
  parent,
  group: pid,
  session: pid,
  foreground: -1,
  startTime: String(1000 + pid),
  isZombie: false,
  isRunning: false,
  command: command.split(' '),
  ...more,
})
const RUNTIME = '/opt/berth/1-abc/bin/node /opt/berth/1-abc/runtime.cjs'
const pids = (processes: NamedProcess[]) => processes.map(({ pid }) => pid)

test('init, the program of the container and the one that looks are let be', () => {
  const sorted = sortProcesses(
    [
      entry(1, 0, '/sbin/docker-init -- sleep infinity'),
      entry(7, 1, 'sleep infinity'),
      entry(20, 0, RUNTIME),
      entry(90, 0, `${RUNTIME} end-programs`),
    ],
    90,
  )
  expect(pids(sorted.runtimes)).toEqual([20])
  expect(sorted.programs).toEqual([])
})

test('a sleep of the user that lost its parent is a program like any other', () => {
  const sorted = sortProcesses([entry(31, 1, 'sleep infinity'), entry(7, 1, 'sleep infinity')], 90)
  expect(pids(sorted.programs)).toEqual([31])
})

test('a runtime of another version is one; a node of the user is none', () => {
  const other = '/opt/berth/2-def/bin/node --flag /opt/berth/2-def/runtime.cjs'
  const sorted = sortProcesses([entry(20, 0, other), entry(21, 1, '/usr/bin/node /home/x/runtime.cjs')], 90)
  expect(pids(sorted.runtimes)).toEqual([20])
  expect(pids(sorted.programs)).toEqual([21])
})

test('what is in a terminal of the runtime is hung up by it, what is in another by us, a daemon by nobody', () => {
  const sorted = sortProcesses(
    [
      entry(20, 0, RUNTIME),
      entry(30, 20, 'bash', { foreground: 31 }),
      entry(31, 30, 'vim', { session: 30, foreground: 31 }),
      entry(40, 1, 'tmux'),
      entry(41, 40, 'bash', { foreground: 41 }),
    ],
    90,
  )
  expect(pids(sorted.programs)).toEqual([30, 31, 40, 41])
  expect(pids(sorted.inOtherTerminals)).toEqual([41])
})
