import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exhaustedMessage, freePorts } from './port-pool.ts'

describe('freePorts', () => {
  it('gives the lowest first and leaves out what is held', () => {
    expect(freePorts([2223, 2227], new Set([2223, 2225]))).toEqual([2224, 2226, 2227])
  })

  it('gives nothing when all are held', () => {
    expect(freePorts([1, 2], new Set([1, 2]))).toEqual([])
  })

  it('never gives a held port or one outside the pool', () => {
    const port = fc.integer({ min: 0, max: 70_000 })
    const held = fc.array(port, { maxLength: 40 })
    fc.assert(
      fc.property(port, fc.integer({ min: 0, max: 60 }), held, (first, width, taken) => {
        const free = freePorts([first, first + width], new Set(taken))
        return free.every((p) => p >= first && p <= first + width && p <= 65_535 && p > 0 && !taken.includes(p))
      }),
    )
  })
})

describe('exhaustedMessage', () => {
  it('names the holders, and only so many', () => {
    expect(exhaustedMessage('SSH', [1, 2], ['a', 'b'])).toContain('held by a, b.')
    expect(exhaustedMessage('SSH', [1, 2], Array.from('abcdefghij'))).toContain('a, b, c, d, e, f, g, h and 2 more')
    expect(exhaustedMessage('SSH', [1, 2], [])).toContain('other programs')
  })
})
