import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TerminalState } from '../../../client/worker-client.ts'
import { endLater, isOver, keepRunning, UNDO_MS } from './terminal-endings.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('ends a terminal once, when there was time to think better of it', () => {
  const end = vi.fn()
  endLater('a', end)
  endLater('a', end)
  vi.advanceTimersByTime(UNDO_MS - 1)
  expect(end).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(end).toHaveBeenCalledTimes(1)
})

it('ends none that is kept', () => {
  const end = vi.fn()
  endLater('a', end)
  keepRunning('a')
  vi.advanceTimersByTime(2 * UNDO_MS)
  expect(end).not.toHaveBeenCalled()
})

it.each([
  [{ status: 'exited', exit: { code: 0 } }, true],
  [{ status: 'stopped' }, true],
  [{ status: 'failed', code: 'NOT_FOUND', message: 'It has ended.', hint: undefined }, true],
  [{ status: 'failed', code: 'ENDED', message: 'It has ended.', hint: undefined }, true],
  [{ status: 'failed', code: 'TIMEOUT', message: 'Nobody answers.', hint: undefined }, false],
  [{ status: 'failed', code: 'TOO_MANY_REQUESTS', message: 'Too many watch.', hint: undefined }, false],
  [{ status: 'connecting' }, false],
  [{ status: 'live' }, false],
] satisfies [TerminalState, boolean][])(
  'only an end that is sure lets a pane be closed without a question: %j',
  (state, expected) => {
    expect(isOver(state)).toBe(expected)
  },
)
