import { expect, test } from 'vitest'
import { plainLine } from './plain-line.ts'

test('takes out what only a terminal understands', () => {
  expect(plainLine('\u001b[1;32mok\u001b[0m \u001b]0;title\u0007done\u001b(')).toBe('ok done(')
  expect(plainLine('a\tb\u0000\u0008c')).toBe('a\tbc')
})

test('keeps the last state of a line that was written over', () => {
  expect(plainLine('10%\r50%\r100%\r')).toBe('100%')
})
