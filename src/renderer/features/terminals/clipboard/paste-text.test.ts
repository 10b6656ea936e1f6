import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asOneLine, dangersOf, pasteInput, shownPaste } from './paste-text.ts'

describe('what is asked about', () => {
  const open = { isBracketed: false, minds: 'lines' } as const
  it.each([
    ['ls -l', open, []],
    ['a\tb', open, []],
    ['ls\n', open, ['lines']],
    ['a\r\nb', { ...open, isBracketed: true }, []],
    ['a\nb', { ...open, minds: 'nothing' }, []],
    ['a\u001b[A', open, ['control']],
    ['a\u0003', { isBracketed: true, minds: 'nothing' }, ['control']],
    ['a\u009b201~', { ...open, isBracketed: true }, ['control']],
    ['a\nb\u0000', open, ['control', 'lines']],
    ['naïve 漢字 🙂', open, []],
  ] as const)('%j', (text, options, dangers) => {
    expect(dangersOf(text, options)).toEqual(dangers)
  })
})

describe('what is sent', () => {
  it('is Enter for each line break', () => {
    expect(pasteInput('a\r\nb\nc\rd', false)).toBe('a\rb\rc\rd')
  })

  it('stands in brackets that nothing in it can end', () => {
    const pieces = fc.constantFrom('\u001b[201~', '\u009b201~', '\u001b[20', '1~', '\u001b[', '201~', '\u001b', 'x')
    fc.assert(
      fc.property(
        fc.array(pieces).map((parts) => parts.join('')),
        (text) => {
          const sent = pasteInput(text, true)
          expect(sent.startsWith('\u001b[200~') && sent.endsWith('\u001b[201~')).toBe(true)
          const inside = sent.slice(6, -6)
          expect(inside.includes('\u001b[201~') || inside.includes('\u009b201~')).toBe(false)
        },
      ),
    )
  })

  it('as one line runs nothing', () => {
    expect(asOneLine('\n  rm a\r\n\u0003 rm b\n')).toBe('rm a  rm b')
  })
})

describe('what is shown', () => {
  it('writes control characters out and keeps lines', () => {
    expect(shownPaste('a\u001b[A\r\nb\u0003', 100)).toEqual({ shown: 'a\\e[A\nb\\x03', restCharacters: 0 })
  })
  it('says how much is left out', () => {
    expect(shownPaste('abcdef', 4)).toEqual({ shown: 'abcd', restCharacters: 2 })
  })
})
