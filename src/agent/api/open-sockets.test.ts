import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CLOSE, MOST_PER_CLIENT } from '../../contract/terminal/limits.ts'
import { createOpenSockets } from './open-sockets.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const program = { kind: 'token', id: 'ci', name: 'ci', scope: 'read' } as const

it('closes what a token has opened when it expires, also where the clock was set meanwhile', () => {
  const sockets = createOpenSockets()
  const closed: number[] = []
  sockets.add({ ...program, expiresAt: 90_000 }, { close: (code) => closed.push(code) })
  sockets.add(program, { close: () => closed.push(0) })
  vi.advanceTimersByTime(60_000)
  expect(closed).toEqual([])
  vi.setSystemTime(90_001)
  vi.advanceTimersByTime(30_000)
  expect(closed).toEqual([CLOSE.unauthorized])
})

it('looks after nothing that has ended', () => {
  const sockets = createOpenSockets()
  const forget = sockets.add({ ...program, expiresAt: 90_000 }, { close: () => expect.unreachable() })
  forget?.()
  vi.advanceTimersByTime(200_000)
  expect(vi.getTimerCount()).toBe(0)
})

it('takes as many of one client as the contract says, and one more when another has ended', () => {
  const sockets = createOpenSockets()
  const add = (id = 'ci') => sockets.add({ ...program, id }, { close: () => undefined })
  const forget = Array.from({ length: MOST_PER_CLIENT }, () => add())
  expect(add()).toBeUndefined()
  expect(add('other')).toBeDefined()
  forget[0]?.()
  expect(add()).toBeDefined()
})
