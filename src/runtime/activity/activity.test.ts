import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProcessEntry } from '../pty/processes.ts'
import { Activity } from './activity.ts'
import { foregroundProgramRuns } from './foreground.ts'
import { holdsSshConnection } from './ssh-connections.ts'

describe('activity', () => {
  let now = 0
  let program = false
  const told: number[] = []
  let activity: Activity
  beforeEach(() => {
    vi.useFakeTimers()
    now = 1000
    program = false
    told.length = 0
    const looks = { program: () => program, ssh: () => false }
    activity = new Activity({ steadyMs: () => now, looks, tell: (idleMs) => told.push(idleMs) })
  })
  afterEach(() => {
    activity.dispose()
    vi.useRealTimers()
  })
  const pass = (ms: number): void => {
    now += ms
    vi.advanceTimersByTime(ms)
  }

  it('is counted from the last that happened', () => {
    pass(5000)
    expect(activity.look()).toEqual({ idleMs: 5000, busy: [] })
    activity.note()
    pass(10)
    expect(activity.look().idleMs).toBe(10)
  })

  it('goes on for as long as a program runs, and is counted from its end', () => {
    const end = activity.begin()
    pass(50_000)
    expect(activity.look()).toEqual({ idleMs: 0, busy: ['exec'] })
    pass(5000)
    end()
    pass(7)
    expect(activity.look()).toEqual({ idleMs: 7, busy: [] })
  })

  it('is seen where it leaves no trace, and told once a minute and only then', () => {
    program = true
    pass(60_000)
    expect(told).toEqual([0])
    program = false
    pass(60_000)
    expect(told).toEqual([0])
    activity.note()
    pass(60_000)
    pass(600_000)
    expect(told).toEqual([0])
    activity.note()
    pass(1)
    vi.advanceTimersByTime(59_999)
    expect(told).toEqual([0, 1])
  })
})

const shell = {
  pid: 10,
  parent: 1,
  group: 10,
  session: 10,
  foreground: 10,
  startTime: '1',
  isZombie: false,
  isRunning: false,
}
const of = (...entries: Partial<ProcessEntry>[]): ProcessEntry[] => entries.map((entry) => ({ ...shell, ...entry }))

describe('a program in the foreground', () => {
  it('is one that a shell waits for', () => {
    expect(foregroundProgramRuns(of({}))).toBe(false)
    expect(foregroundProgramRuns(of({ foreground: 12 }, { pid: 12, group: 12, foreground: 12 }))).toBe(true)
  })

  it('is the shell itself, between two commands of a loop', () => {
    expect(foregroundProgramRuns(of({ isRunning: true }))).toBe(true)
    expect(foregroundProgramRuns(of({ isRunning: true, foreground: -1 }))).toBe(false)
  })

  it('is none that runs behind a prompt, or without a terminal', () => {
    expect(foregroundProgramRuns(of({}, { pid: 12, group: 12 }))).toBe(false)
    expect(foregroundProgramRuns(of({ pid: 20, session: 20, group: 20, foreground: -1 }))).toBe(false)
  })
})

describe('a connection to the SSH server', () => {
  const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
  it.each([
    ['0: 0300120A:0016 0100120A:D2F4 01 00000000:00000000 02:000A', true],
    ['0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:0000', false],
    ['1: 0300120A:1F90 0100120A:0016 01 00000000:00000000 02:000A', false],
    ['1: 0300120A:0016 0100120A:D2F4 06 00000000:00000000 03:0000', false],
  ])('%s: %s', (line, isOne) => {
    expect(holdsSshConnection(`${heading}   ${line}\n`)).toBe(isOne)
  })
})
