import { expect, test } from 'vitest'
import { PrivateModes } from './private-modes.ts'

test('modes are those that were set last, without what passes by itself', () => {
  const modes = new PrivateModes()
  const output = [
    '\x1b[?2004h\x1b[?1h text \x1b[?1',
    'l\x1b[?25l\x1b[?1000;1006h\x1b[?2026h\x1b[31m\x1b[?2004',
    'h\x1b[?6n',
  ]
  let end = 0
  for (const piece of output) {
    end += piece.length
    modes.read(Buffer.from(piece), end)
  }
  expect(modes.text).toBe('\x1b[?1l\x1b[?25l\x1b[?1000h\x1b[?1006h\x1b[?2004h')
  expect(modes.isAlternate).toBe(false)
})

test('it is known since when which screen is shown', () => {
  const modes = new PrivateModes()
  modes.read(Buffer.from('\x1b[?1049h'), 1_000)
  expect(modes.isAlternate).toBe(true)
  modes.read(Buffer.from('drawing'), 2_000)
  expect(modes.alternateChangedBefore).toBe(1_000)
  modes.read(Buffer.from('\x1b[?1049l'), 3_000)
  expect(modes.isAlternate).toBe(false)
  expect(modes.alternateChangedBefore).toBe(3_000)
  expect(modes.text).toBe('')
})
