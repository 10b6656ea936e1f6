import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ground } from './ground.ts'

function cutOf(text: string | Uint8Array): number {
  const ground = new Ground(0, false)
  ground.feed(Buffer.from(text), 0)
  return ground.cut
}

test.each([
  ['after a control character', 'abc\r\n', 5],
  ['not after a character, which more could belong to', 'abc', 2],
  ['not within one', Buffer.from('aé').subarray(0, 2), 0],
  ['before what begins with a control', 'abc\x1b', 3],
  ['not within a sequence', 'abc\r\n\x1b[31', 5],
  ['nor within one with more than one part', 'abc\r\n\x1b(', 5],
  ['after a sequence, once more has come', 'abc\x1b[31mX', 8],
  ['not within a title', 'abc\r\n\x1b]0;title\r\n more', 5],
  ['after a title that BEL ends', '\x1b]0;title\x07\n', 11],
  ['after a string that ST ends', '\x1bPq#0\x1b\\\n', 8],
  ['after a sequence that was cancelled', '\x1b[31\x18', 5],
  ['a control of eight bits begins a sequence too', '\r\n\u009b31', 2],
])('the stream is cut %s', (_, text, expected) => {
  expect(cutOf(text)).toBe(expected)
})

test('cutting it into pieces changes nothing', () => {
  const unit = fc.constantFrom(
    'a',
    'é',
    '漢',
    '\x1b',
    '[',
    ']',
    ';1',
    'm',
    '\x07',
    '\\',
    '\r\n',
    '\x18',
    'P',
    '(',
    'B',
    '\x0e',
  )
  fc.assert(
    fc.property(fc.array(unit), fc.array(fc.nat(40)), (units, sizes) => {
      const bytes = Buffer.from(units.join(''))
      const ground = new Ground(0, false)
      let from = 0
      for (const size of [...sizes, bytes.length]) {
        ground.feed(bytes.subarray(from, from + size), from)
        from = Math.min(bytes.length, from + size)
      }
      expect(ground.cut).toBe(cutOf(bytes))
    }),
  )
})
