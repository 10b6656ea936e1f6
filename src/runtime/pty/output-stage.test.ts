import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OutputStage } from './output-stage.ts'

test('what each terminal wrote comes out whole and in order, whoever else writes and whether or not it is kept', () => {
  const step = fc.record({
    of: fc.nat(2),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 5_000 }),
    repeat: fc.integer({ min: 1, max: 20 }),
    isFlushed: fc.boolean(),
    isKept: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const stage = new OutputStage()
      const reused = Buffer.alloc(5_000)
      let isKept = false
      const terminals = [0, 1, 2].map(() => {
        const [given, pieces]: [Uint8Array[], (() => Buffer)[]] = [[], []]
        const owner = (piece: Buffer): boolean => {
          // What is not kept is looked at now; what is kept, only in the end.
          const now = isKept ? piece : Buffer.from(piece)
          pieces.push(() => now)
          return isKept
        }
        return { given, pieces, owner }
      })
      for (const { of, bytes, repeat, isFlushed, isKept: keeps } of steps) {
        const terminal = terminals[of]
        if (!terminal) continue
        isKept = keeps
        for (let index = 0; index < repeat; index += 1) {
          reused.set(bytes)
          terminal.given.push(bytes)
          stage.add(terminal.owner, reused.subarray(0, bytes.length))
        }
        if (isFlushed) stage.flushFor(terminal.owner)
      }
      for (const { given, pieces, owner } of terminals) {
        stage.flushFor(owner)
        expect(Buffer.concat(pieces.map((piece) => piece())).equals(Buffer.concat(given))).toBe(true)
      }
    }),
    { numRuns: 50 },
  )
})
