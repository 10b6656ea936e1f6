import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_DETACH_KEYS, parseDetachKeys, watchForDetach } from './detach-keys.ts'

/** What a program gets of keys that are typed one by one, and whether they let go. */
function type(keys: string, text: string): { got: string; isDetach: boolean } {
  const watch = watchForDetach(parseDetachKeys(keys))
  let got = ''
  for (const key of Buffer.from(text, 'latin1')) {
    const { pass, isDetach } = watch(Uint8Array.of(key))
    got += Buffer.from(pass).toString('latin1')
    if (isDetach) return { got, isDetach }
  }
  return { got, isDetach: false }
}

describe('the keys that let go', () => {
  it('are Enter ~ . where nothing else is said, also as the first keys of all', () => {
    expect(parseDetachKeys(DEFAULT_DETACH_KEYS).text).toBe('Enter ~ .')
    expect(type(DEFAULT_DETACH_KEYS, 'ls\r~.more')).toEqual({ got: 'ls\r', isDetach: true })
    expect(type(DEFAULT_DETACH_KEYS, '~.')).toEqual({ got: '', isDetach: true })
  })

  it.each(['cd ~.', 'ls\r~/bin\r', '\r~~.', '\r\u{1b}[A~.', 'x~.\r.'])(
    'are not in %j, which passes as it is',
    (text) => {
      expect(type(DEFAULT_DETACH_KEYS, text)).toEqual({ got: text, isDetach: false })
    },
  )

  it('may be others, or none', () => {
    expect(parseDetachKeys('ctrl-p,ctrl-q')).toEqual({ bytes: [0x10, 0x11], text: 'Ctrl-P Ctrl-Q' })
    expect(type('ctrl-p,ctrl-q', 'a\u{10}\u{10}b\u{10}\u{11}')).toEqual({ got: 'a\u{10}\u{10}b', isDetach: true })
    expect(type('ctrl-]', 'a\u{1d}')).toEqual({ got: 'a', isDetach: true })
    expect(type('none', '\r~.\u{1d}')).toEqual({ got: '\r~.\u{1d}', isDetach: false })
  })

  it('are not looked for in what is pasted', () => {
    const watch = watchForDetach(parseDetachKeys(DEFAULT_DETACH_KEYS))
    const pasted = Buffer.from('a long text\r~.\r that is pasted')
    expect(watch(Buffer.from('~'))).toEqual({ pass: new Uint8Array(), isDetach: false })
    expect(watch(pasted)).toEqual({ pass: Uint8Array.from(Buffer.from(`~${pasted.toString()}`)), isDetach: false })
  })

  it.each(['ctrl-', 'ctrl-1', 'ab', 'enter,', 'é'])('are none in %j', (text) => {
    expect(() => parseDetachKeys(text)).toThrow('is not a key')
  })

  it('hold back nothing of any other text but at its end', () => {
    const keys = fc.constantFrom('enter,~,.', 'ctrl-a,ctrl-a,b', 'enter,enter,x', 'a,b,a,c')
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'x', '~', '.', '\r', '\u{1}') })
    fc.assert(
      fc.property(keys, text, (chosen, typed) => {
        const { got, isDetach } = type(chosen, typed)
        const { bytes } = parseDetachKeys(chosen)
        expect(typed.startsWith(got)).toBe(true)
        if (!isDetach) expect(typed.length - got.length).toBeLessThan(bytes.length)
      }),
    )
  })
})
