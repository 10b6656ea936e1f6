import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ClientInput, NO_INPUT, onConnection, onInput } from './input-ledger.ts'

test('however input is cut and connections drop, each byte is accepted once and in order', () => {
  const connection = fc.record({
    /** Sizes of the messages that the client sends on it. */
    sizes: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
    /** How many of them arrive before it drops. */
    arrive: fc.nat(8),
    /** How far behind what was accepted a careful client begins again. */
    behind: fc.nat(60),
  })
  fc.assert(
    fc.property(fc.array(connection, { minLength: 1, maxLength: 12 }), (connections) => {
      const accepted: number[] = []
      let input: ClientInput = NO_INPUT
      for (const { sizes, arrive, behind } of connections) {
        input = onConnection(input)
        // A client may send again from before: it counts from where it begins, as the server does.
        input = { ...input, cursor: Math.max(0, input.cursor - behind) }
        for (const size of sizes.slice(0, arrive)) {
          const bytes = Array.from({ length: size }, (_, index) => input.cursor + index)
          const { input: next, skip } = onInput(input, size)
          accepted.push(...bytes.slice(skip))
          input = next
        }
      }
      expect(accepted).toEqual(accepted.map((_, index) => index))
      expect(input.accepted).toBe(accepted.length)
    }),
  )
})
