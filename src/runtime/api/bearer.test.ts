import { expect, test } from 'vitest'
import { bearerCheck } from './bearer.ts'

const token = 'a'.repeat(40)

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  token,
  `Basic ${token}`,
  `Bearer ${token}a`,
  `Bearer ${token} `,
  'Bearer é',
])('%s is not the token', (authorization) => {
  expect(bearerCheck(token)(authorization)).toBe(false)
})

test('the token is the token', () => {
  expect(bearerCheck(token)(`Bearer ${token}`)).toBe(true)
})
