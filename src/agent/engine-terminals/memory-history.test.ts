import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryHistory } from './memory-history.ts'

test('whatever was added in whatever pieces, the end of it can be read back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 1, maxLength: 6 }), (lengths) => {
      const history = new MemoryHistory()
      const all = Buffer.concat(lengths.map((length, index) => Buffer.alloc(length, `${index}:${length},`)))
      let at = 0
      for (const length of lengths) {
        history.append(all.subarray(at, at + length))
        at += length
      }
      expect(history.end).toBe(all.length)
      expect(history.start).toBe(Math.max(0, all.length - 1_048_576))
      expect(history.holds(history.start)).toBe(true)
      expect(history.read(history.start, all.length - history.start).equals(all.subarray(history.start))).toBe(true)
    }),
    { numRuns: 20 },
  )
})
