import { expect, it, vi } from 'vitest'
import { createPairing } from './pairing.ts'

const WRONG = 'AAAA-AAAA'

it('takes a code that somebody else has guessed at, and nothing any more from who did', () => {
  const guessed = vi.fn()
  const pairing = createPairing({ guessed })
  const { code } = pairing.issue('operate')
  const guesses = Array.from({ length: 7 }, () => pairing.redeem(WRONG, 'workspace').outcome)
  expect(guesses).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'exhausted', 'exhausted'])
  expect(pairing.redeem(code, 'workspace')).toEqual({ outcome: 'exhausted' })
  expect(guessed).toHaveBeenCalledOnce()
  expect(pairing.redeem(code, 'phone')).toEqual({ outcome: 'redeemed', scope: 'operate' })
  expect(pairing.redeem(code, 'phone')).toEqual({ outcome: 'none' })
})

it('gives up a code that many addresses guess at', () => {
  const pairing = createPairing({ guessed: () => undefined })
  const { code } = pairing.issue('operate')
  const guesses = Array.from({ length: 100 }, (_, index) => pairing.redeem(WRONG, String(index)).outcome)
  expect(guesses.filter((outcome) => outcome === 'wrong')).toHaveLength(99)
  expect(guesses.at(-1)).toBe('void')
  expect(pairing.redeem(code, 'phone')).toEqual({ outcome: 'none' })
  expect(pairing.redeem(pairing.issue('read').code, '0')).toEqual({ outcome: 'redeemed', scope: 'read' })
})
