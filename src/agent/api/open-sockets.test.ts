import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CLOSE } from '../../contract/terminal/limits.ts'
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
