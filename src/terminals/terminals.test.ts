import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WiredTerminal } from '../../test/support/wired-terminal.ts'
import { ENDED_PROGRAM } from './ended-program.ts'
import type { ProgramEvents } from './program.ts'
import { Terminals } from './terminals.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const HOUR_MS = 3_600_000

it('a terminal whose program has ended is there for a day, also where somebody has seen its end', async () => {
  const wired = new WiredTerminal()
  const one = wired.join()
  await vi.advanceTimersByTimeAsync(100)
  wired.program.exit({ code: 137, signal: 9 })
  await vi.advanceTimersByTimeAsync(23 * HOUR_MS)
  expect(one.client.state.status).toBe('exited')
  expect(wired.terminals.list()).toMatchObject([{ id: wired.id, exit: { code: 137 } }])
  await vi.advanceTimersByTimeAsync(2 * HOUR_MS)
  expect(wired.terminals.list()).toEqual([])
  wired.terminals.abandon()
})

it('a clock that is set forward makes nobody forget a terminal', async () => {
  const wired = new WiredTerminal()
  wired.join()
  await vi.advanceTimersByTimeAsync(100)
  wired.program.exit({ code: 0 })
  vi.setSystemTime(Date.now() + 48 * HOUR_MS)
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  expect(wired.terminals.list()).toMatchObject([{ id: wired.id, exit: { code: 0 } }])
  await vi.advanceTimersByTimeAsync(24 * HOUR_MS)
  expect(wired.terminals.list()).toEqual([])
  wired.terminals.abandon()
})

it('of many that have ended those are kept that ended last, whenever they were made', async () => {
  const running = new Map<string, ProgramEvents>()
  const history = {
    start: 0,
    end: 0,
    holds: () => true,
    read: () => new Uint8Array(),
    append: () => undefined,
    dispose: ENDED_PROGRAM.dispose,
  }
  const terminals = new Terminals({
    begin: ({ terminal }, events) => {
      running.set(terminal, events)
      return { title: 'program', program: ENDED_PROGRAM, history }
    },
    report: () => undefined,
    changed: () => undefined,
  })
  const make = (): string => terminals.open({ terminal: randomUUID(), create: {}, cols: 80, rows: 24 }).id
  const first = make()
  const later = Array.from({ length: 40 }, make)
  for (const id of [...later, first]) {
    running.get(id)?.exit({ code: 0 })
    await vi.advanceTimersByTimeAsync(1_000)
  }
  await vi.advanceTimersByTimeAsync(60_000)
  expect(terminals.list().map(({ id }) => id)).toEqual([first, ...later.slice(-31)])
  terminals.abandon()
})

it('a program that ends by itself has the time of that; one that a stop ended is told as that, whoever ended it', async () => {
  const own = new WiredTerminal()
  own.join()
  const ended = new WiredTerminal()
  const one = ended.join()
  await vi.advanceTimersByTimeAsync(100)
  const atMs = Date.now()
  own.program.exit({ code: 3 })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(own.terminals.list()).toMatchObject([{ exit: { code: 3 }, endedAt: new Date(atMs).toISOString() }])

  ended.terminals.stopping()
  ended.program.exit({ code: 143, signal: 15 })
  await vi.advanceTimersByTimeAsync(100)
  expect(one.client.state.status).toBe('stopped')
  const [record] = ended.terminals.list()
  expect([record?.endedBy, record?.exit, record?.endedAt]).toEqual(['stop', undefined, undefined])
  for (const { terminals } of [own, ended]) terminals.abandon()
})
