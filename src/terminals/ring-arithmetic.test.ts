import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replayOffset, ringSegments } from './ring-arithmetic.ts'

test('what was written last can be read back, wherever it wraps', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 30 })
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 200 }), pieces, (capacity, all) => {
      const ring = new Uint8Array(capacity)
      const stream: number[] = []
      for (const piece of all) {
        let from = 0
        for (const { position, length } of ringSegments(stream.length, piece.length, capacity)) {
          ring.set(piece.subarray(from, from + length), position)
          from += length
        }
        stream.push(...piece)
      }
      const start = Math.max(0, stream.length - capacity)
      const kept = ringSegments(start, stream.length - start, capacity).flatMap(({ position, length }) => [
        ...ring.subarray(position, position + length),
      ])
      expect(kept).toEqual(stream.slice(start))
    }),
  )
})

test.each([
  { after: undefined, expected: 100 },
  { after: 0, expected: 100 },
  { after: 150, expected: 150 },
  { after: 200, expected: 200 },
  { after: 999, expected: 200 },
])('a replay after $after of what is kept from 100 to 200 begins at $expected', ({ after, expected }) => {
  expect(replayOffset(after, 100, 200)).toBe(expected)
})
