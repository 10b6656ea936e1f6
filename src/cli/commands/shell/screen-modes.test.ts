import { expect, it } from 'vitest'
import { followScreenModes } from './screen-modes.ts'

const ESC = '\u{1b}'

function after(...parts: string[]): string {
  const modes = followScreenModes()
  for (const part of parts) modes.see(Buffer.from(part, 'latin1'))
  return modes.undo()
}

it('has nothing to undo where nothing was changed, or a program tidied up', () => {
  expect(after('plain', `${ESC}[31m`, `${ESC}[?12h`)).toBe('')
  expect(after(`${ESC}[?1049h${ESC}[?25l`, `${ESC}[?25h${ESC}[?1049l`)).toBe('')
})

it('switches off what was switched on, and on what was switched off', () => {
  expect(after(`${ESC}[?1002;1006h text ${ESC}[?25l`)).toBe(`${ESC}[?1002l${ESC}[?1006l${ESC}[?25h${ESC}[0m`)
})

it('sees a sequence wherever the output is cut', () => {
  const sequence = `before${ESC}[?2004hafter`
  for (let at = 0; at <= sequence.length; at += 1) {
    expect(after(sequence.slice(0, at), sequence.slice(at))).toBe(`${ESC}[?2004l${ESC}[0m`)
  }
})
