import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { StreamsWait } from './streams-wait.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('lasts half a second from the end of the program on, and stands still while output is being taken', async () => {
  const wait = new StreamsWait()
  await vi.advanceTimersByTimeAsync(60_000)
  wait.begin()
  await vi.advanceTimersByTimeAsync(400)
  let refuse = (): void => undefined
  const second = new Promise<void>((_resolve, reject) => {
    refuse = () => reject(new Error('gone'))
  })
  wait.hold(Promise.resolve())
  wait.hold(second)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(wait.over.aborted).toBe(false)
  refuse()
  await vi.advanceTimersByTimeAsync(99)
  expect(wait.over.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(wait.over.aborted).toBe(true)
})

it('comes to no end once nobody waits', async () => {
  const wait = new StreamsWait()
  wait.begin()
  wait.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([wait.over.aborted, vi.getTimerCount()]).toEqual([false, 0])
})
