import { expect, test } from 'vitest'
import { type ReadableBuffer, textLines } from './screen-text.ts'

function buffer(rows: readonly [text: string, isWrapped?: boolean][], cols = 10): ReadableBuffer {
  return {
    length: rows.length,
    getLine: (row) => {
      const found = rows[row]
      if (found === undefined) return undefined
      const [text, isWrapped = false] = found
      return { isWrapped, translateToString: (trim) => (trim === true ? text.trimEnd() : text.padEnd(cols)) }
    },
  }
}

const ROWS = buffer([['$ ls'], ['0123456789'], ['abc', true], ['last   ']])

test('joins what was wrapped and leaves out the blanks of empty cells', () => {
  expect(textLines(ROWS, { from: 0, to: 3 })).toEqual([
    { text: '$ ls', firstRow: 0, lastRow: 0 },
    { text: '0123456789abc', firstRow: 1, lastRow: 2 },
    { text: 'last', firstRow: 3, lastRow: 3 },
  ])
})

test('begins with the whole line that the first row is a part of', () => {
  expect(textLines(ROWS, { from: 2, to: 2 }).map(({ text }) => text)).toEqual(['0123456789abc'])
})

test('blanks before a wrap were written', () => {
  expect(textLines(buffer([['ab'], ['c', true]]), { from: 0, to: 1 })[0]?.text).toBe('ab        c')
})

test('of a line without an end reads no more than was asked for around the rows', () => {
  let read = 0
  const endless: ReadableBuffer = {
    length: 100_000,
    getLine: (row) => ({
      isWrapped: row > 0,
      translateToString: () => {
        read += 1
        return `${row} `
      },
    }),
  }
  expect(textLines(endless, { from: 500, to: 501, reach: 2 })).toEqual([
    { text: '498 499 500 501 502 503', firstRow: 498, lastRow: 503 },
  ])
  expect(read).toBe(6)
})
