import { expect, it } from 'vitest'
import { createInputQueue } from './input-queue.ts'

const bytes = (from: number, to: number): Uint8Array =>
  Uint8Array.from({ length: to - from }, (_, index) => from + index)

it('sends again only what a terminal has not got, and refuses one that has more than was sent', () => {
  const queue = createInputQueue()
  queue.push(bytes(0, 100))
  expect(queue.next()).toEqual(bytes(0, 100))
  expect(queue.resumeAt(60)).toBe(true)
  expect(queue.next()).toEqual(bytes(60, 100))
  expect(queue.acknowledge(101)).toBe(false)
  expect(queue.resumeAt(101)).toBe(false)
})

it('goes on with a holder that counts anew, from what none has acknowledged', () => {
  const queue = createInputQueue()
  queue.push(bytes(0, 100))
  queue.next()
  queue.acknowledge(70)
  expect(queue.resumeAt(0)).toBe(true)
  expect(queue.heldBytes).toBe(30)
  expect(queue.next()).toEqual(bytes(70, 100))
  expect(queue.acknowledge(31)).toBe(false)
  expect(queue.acknowledge(20)).toBe(true)
  queue.push(bytes(100, 120))
  expect(queue.resumeAt(25)).toBe(true)
  expect(queue.next()).toEqual(bytes(95, 120))
  expect(queue.acknowledge(50)).toBe(true)
  expect(queue.heldBytes).toBe(0)
})
