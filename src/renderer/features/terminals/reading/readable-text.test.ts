import { describe, expect, it } from 'vitest'
import type { ReadableBuffer } from '../screen-text.ts'
import { findIn, placeBeside, readableText } from './readable-text.ts'

function buffer(rows: readonly string[], wrapped: readonly number[] = []): ReadableBuffer {
  return {
    length: rows.length,
    getLine: (row) => {
      const text = rows[row]
      if (text === undefined) return undefined
      return { isWrapped: wrapped.includes(row), translateToString: () => text }
    },
  }
}

const at = (line: number) => ({ prompt: { line } })

it('is the whole buffer in lines as they were written, and where commands begin', () => {
  const text = readableText(buffer(['$ ls', 'a', 'long', 'er', '$ pwd', '/', '', ''], [3]), [at(0), at(4)])
  expect(text.text).toBe('$ ls\na\nlonger\n$ pwd\n/')
  expect(text.commands.map((place) => text.text.slice(place).split('\n')[0])).toEqual(['$ ls', '$ pwd'])
})

it('goes from command to command, and no further', () => {
  expect(placeBeside([0, 10, 20], 10, 1)).toBe(20)
  expect(placeBeside([0, 10, 20], 10, -1)).toBe(0)
  expect(placeBeside([0, 10, 20], 15, -1)).toBe(10)
  expect(placeBeside([0, 10, 20], 20, 1)).toBeUndefined()
  expect(placeBeside([], 3, -1)).toBeUndefined()
})

describe('search', () => {
  const text = 'One two one'
  it('goes on after the place, and around', () => {
    expect(findIn(text, 'one', { from: -1, by: 1 })).toBe(0)
    expect(findIn(text, 'one', { from: 0, by: 1 })).toBe(8)
    expect(findIn(text, 'one', { from: 8, by: 1 })).toBe(0)
    expect(findIn(text, 'ONE', { from: 8, by: -1 })).toBe(0)
    expect(findIn(text, 'one', { from: 0, by: -1 })).toBe(8)
  })
  it('finds nothing of nothing', () => {
    expect(findIn(text, '', { from: 0, by: 1 })).toBeUndefined()
    expect(findIn(text, 'three', { from: 0, by: 1 })).toBeUndefined()
  })
})
