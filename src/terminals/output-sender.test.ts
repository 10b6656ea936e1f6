import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OUTPUT_WINDOW_BYTES, STALLED_CLIENT_MS } from '../contract/terminal/limits.ts'
import { type History, OutputSender } from './output-sender.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A history in memory, of bytes that tell their offset. */
class Recorded implements History {
  bytes = Buffer.alloc(0)
  oldest = 0

  get end(): number {
    return this.bytes.length
  }

  holds(offset: number): boolean {
    return offset >= this.oldest
  }

  read(offset: number, length: number): Uint8Array {
    return this.bytes.subarray(offset, offset + length)
  }

  /** Returns the new bytes and their offset. */
  grow(length: number): [Buffer, number] {
    const offset = this.bytes.length
    const more = Buffer.from(Uint8Array.from({ length }, (_, index) => (offset + index) % 251))
    this.bytes = Buffer.concat([this.bytes, more])
    return [more, offset]
  }
}

function watch(ring: Recorded, offset = 0, screenBytes = 0) {
  const received: Uint8Array[] = []
  const events: string[] = []
  const sender = new OutputSender({
    offset,
    screenBytes,
    history: ring,
    send: (bytes) => {
      received.push(Buffer.from(bytes))
      return false
    },
    drained: () => events.push('drained'),
    stalled: () => events.push('stalled'),
    lost: () => events.push('lost'),
  })
  return { sender, events, output: () => Buffer.concat(received) }
}

test('a client that left at any byte and came back has the whole stream once', { timeout: 180_000 }, () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('produce' as const), length: fc.integer({ min: 1, max: 300_000 }) }),
    fc.record({ kind: fc.constant('ack' as const), length: fc.nat(500_000) }),
    fc.record({ kind: fc.constant('turns' as const), length: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('reattach' as const), length: fc.nat(400_000) }),
  )
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const ring = new Recorded()
      let seen = Buffer.alloc(0)
      let view = watch(ring)
      let from = 0
      let acked = 0
      for (const { kind, length } of steps) {
        const sent = from + view.output().length
        if (kind === 'produce') view.sender.produced(...ring.grow(length))
        else if (kind === 'turns') for (let turn = 0; turn < length; turn += 1) vi.advanceTimersByTime(0)
        else if (kind === 'ack') {
          acked = Math.min(sent, acked + length)
          expect(view.sender.acknowledge(acked)).toBe(true)
        } else {
          // Of what was sent, so much arrived.
          const arrived = Math.min(view.output().length, length)
          seen = Buffer.concat([seen, view.output().subarray(0, arrived)])
          view.sender.dispose()
          from = seen.length
          acked = from
          view = watch(ring, from)
          view.sender.pump()
        }
        expect(from + view.output().length - acked).toBeLessThanOrEqual(OUTPUT_WINDOW_BYTES)
      }
      for (let sent = -1; sent !== view.output().length; ) {
        sent = view.output().length
        view.sender.acknowledge(from + sent)
        vi.advanceTimersByTime(1)
      }
      view.sender.dispose()
      expect(Buffer.concat([seen, view.output()]).equals(ring.bytes)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('a client that acknowledges nothing for ten seconds while output waits is stalled; one that reads slowly is not', () => {
  const ring = new Recorded()
  const view = watch(ring)
  view.sender.produced(...ring.grow(OUTPUT_WINDOW_BYTES + 10))
  vi.advanceTimersByTime(STALLED_CLIENT_MS - 1)
  view.sender.acknowledge(5)
  vi.advanceTimersByTime(STALLED_CLIENT_MS - 1)
  expect(view.events).not.toContain('stalled')
  vi.advanceTimersByTime(1)
  expect(view.events).toContain('stalled')
})

test('a client that still takes what it began with is not stalled; its acknowledging the same later means nothing', () => {
  const ring = new Recorded()
  ring.grow(1000)
  const view = watch(ring, 1000, 5 * 32_768)
  view.sender.produced(...ring.grow(OUTPUT_WINDOW_BYTES + 10))
  for (let taken = 0; taken < 5; taken += 1) {
    vi.advanceTimersByTime(STALLED_CLIENT_MS - 1)
    view.sender.acknowledge(1000)
  }
  view.sender.acknowledge(1001)
  vi.advanceTimersByTime(STALLED_CLIENT_MS - 1)
  expect(view.events).not.toContain('stalled')
  view.sender.acknowledge(1000)
  view.sender.acknowledge(1001)
  vi.advanceTimersByTime(1)
  expect(view.events).toContain('stalled')
})

test('a client is let be for its screen as often as that has pieces, and without one not at all', () => {
  for (const screenBytes of [0, 1, 70_000]) {
    const ring = new Recorded()
    const view = watch(ring, 0, screenBytes)
    view.sender.produced(...ring.grow(OUTPUT_WINDOW_BYTES + 10))
    const pieces = Math.ceil(screenBytes / 32_768)
    for (let taken = 0; taken < pieces; taken += 1) {
      vi.advanceTimersByTime(STALLED_CLIENT_MS - 1)
      view.sender.acknowledge(0)
    }
    vi.advanceTimersByTime(STALLED_CLIENT_MS - 1)
    expect(view.events).toEqual([])
    view.sender.acknowledge(0)
    vi.advanceTimersByTime(1)
    expect(view.events).toEqual(['stalled'])
  }
})

test('a program waits for a client that takes its screen for as long as for one that stalls, and again once that goes on', () => {
  const ring = new Recorded()
  const view = watch(ring, 0, 100 * 32_768)
  view.sender.produced(...ring.grow(OUTPUT_WINDOW_BYTES))
  expect(view.sender.holdsBack).toBe(true)
  vi.advanceTimersByTime(STALLED_CLIENT_MS - 1)
  view.sender.acknowledge(0)
  expect(view.sender.holdsBack).toBe(true)
  vi.advanceTimersByTime(1)
  view.sender.acknowledge(0)
  expect(view.sender.holdsBack).toBe(false)
  view.sender.produced(...ring.grow(OUTPUT_WINDOW_BYTES))
  view.sender.acknowledge(1)
  expect(view.sender.holdsBack).toBe(true)
  view.sender.dispose()
})

test('a client that has all that there is owes no acknowledgement', () => {
  const ring = new Recorded()
  const view = watch(ring)
  view.sender.produced(...ring.grow(1000))
  vi.advanceTimersByTime(10 * STALLED_CLIENT_MS)
  expect(view.events).toEqual(['drained'])
})

test('what is no longer kept is said to be lost, and never left out silently', () => {
  const ring = new Recorded()
  ring.grow(1000)
  ring.oldest = 500
  const view = watch(ring, 400)
  view.sender.pump()
  expect(view.events).toEqual(['lost'])
  expect(view.output()).toHaveLength(0)
})
