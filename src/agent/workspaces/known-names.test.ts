import { expect, it } from 'vitest'
import { hintOfNames } from './known-names.ts'

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `w${index + 1}`)

it.each([
  [0, 'It has none yet.'],
  [1, 'It has one: w1.'],
  [3, 'It has w1, w2, w3.'],
  [8, 'It has w1, w2, w3, w4, w5, w6, w7, w8.'],
  [10, 'It has w1, w2, w3, w4, w5, w6, w7, w8 and 2 more.'],
])('of %i workspaces as many are told as one can read', (count, hint) => {
  expect(hintOfNames(numbered(count))).toBe(hint)
})
