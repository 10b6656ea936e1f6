import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProgramNotes } from './program-notes.ts'

/** The notes after output that came in pieces of these sizes, each in a buffer that is used again. */
function notesOf(text: string, sizes: readonly number[] = []): ProgramNotes {
  const notes = new ProgramNotes()
  const bytes = Buffer.from(text)
  const stage = Buffer.alloc(bytes.length)
  let from = 0
  for (const size of [...sizes, bytes.length]) {
    const length = bytes.copy(stage, 0, from, from + size)
    notes.read(stage.subarray(0, length))
    from += length
  }
  return notes
}

test.each([
  ['a title and an icon', '\x1b]0;one\x07', { title: 'one', folder: undefined }],
  ['a title alone, ended by ST', 'x\x1b]2;two ü\x1b\\y', { title: 'two ü' }],
  ['the last of several', '\x1b]0;one\x07\x1b]2;two\x07', { title: 'two' }],
  ['none any more', '\x1b]0;one\x07\x1b]2;\x07', { title: '' }],
  ['a folder', '\x1b]7;file://host/tmp/a%20b\x1b\\', { folder: '/tmp/a b' }],
  ['a folder without a host', '\x1b]7;file:///srv\x07', { folder: '/srv' }],
  ['no folder that is none', '\x1b]7;file:///%zz\x07\x1b]7;/plain\x07\x1b]7;file:///a%0ab\x07', { folder: undefined }],
  ['no other note', '\x1b]52;c;aGk=\x07\x1b]8;;http://x\x07', { title: '', folder: undefined }],
  ['a title without control characters', '\x1b]2;a\u009b31mb\tc\x07', { title: 'a31mbc' }],
  ['not more than 200 characters', `\x1b]2;${'t'.repeat(300)}\x07`, { title: 't'.repeat(200) }],
  ['one after a note that never ends', `\x1b]2;${'t'.repeat(9000)}\x1b]2;after\x07`, { title: 'after' }],
])('a program says %s', (_, text, expected) => {
  const { title, folder } = notesOf(text)
  expect({ title, folder }).toMatchObject(expected)
})

test('it says the same however its output is cut into pieces', () => {
  const part = fc.constantFrom(
    '\x1b',
    ']',
    '0;',
    '2;',
    '7;file:///',
    'a',
    'ü',
    '\x07',
    '\\',
    '\x1b]2;title\x07',
    '\x1b]7;file:///b\x1b\\',
  )
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.integer({ min: 1, max: 9 })), (parts, sizes) => {
      const text = parts.join('')
      const [whole, cut] = [notesOf(text), notesOf(text, sizes)]
      expect([cut.title, cut.folder]).toEqual([whole.title, whole.folder])
    }),
  )
})
