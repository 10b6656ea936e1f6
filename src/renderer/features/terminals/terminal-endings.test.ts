import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { endLater, keepRunning, UNDO_MS } from './terminal-endings.ts'

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
