import { expect, test } from 'vitest'
import { createOutputCursor, type OutputPart } from './output-cursor.ts'

const bytes = (length: number): Uint8Array => new Uint8Array(length)
const shapes = (parts: OutputPart[]): [length: number, isReplayed: boolean][] =>
  parts.map((part) => [part.bytes.byteLength, part.isReplayed])

test('what was there before a screen came is a replay, to the byte', () => {
  const cursor = createOutputCursor()
  cursor.attached({ offset: 0, snapshotBytes: 0, end: 10 })
  expect(shapes(cursor.take(bytes(4)))).toEqual([[4, true]])
  expect(shapes(cursor.take(bytes(9)))).toEqual([
    [6, true],
    [3, false],
  ])
  expect(shapes(cursor.take(bytes(2)))).toEqual([[2, false]])
})

test('a snapshot, and what follows it up to where the output stood, is a replay', () => {
  const cursor = createOutputCursor()
  cursor.attached({ offset: 100, snapshotBytes: 5, end: 103 })
  expect(shapes(cursor.take(bytes(10)))).toEqual([
    [5, true],
    [3, true],
    [2, false],
  ])
})

test('what a screen missed while its link was down is none: nobody else has answered it', () => {
  const cursor = createOutputCursor()
  cursor.attached({ offset: 0, snapshotBytes: 0, end: 0 })
  cursor.take(bytes(7))
  cursor.attached({ offset: 7, snapshotBytes: 0, end: 20 })
  expect(shapes(cursor.take(bytes(13)))).toEqual([[13, false]])
})

test('a screen is acknowledged as it is parsed, by what was acknowledged before it', () => {
  const cursor = createOutputCursor()
  cursor.attached({ offset: 100, snapshotBytes: 65_536, end: 100 })
  const parse = (length: number): void => {
    for (const part of cursor.take(bytes(length))) cursor.parsed(part)
  }
  parse(32_767)
  expect(cursor.dueAck(false)).toBeUndefined()
  parse(1)
  expect(cursor.dueAck(false)).toBe(100)
  expect(cursor.dueAck(false)).toBeUndefined()
  parse(32_768)
  expect(cursor.dueAck(false)).toBe(100)
  parse(7)
  expect(cursor.dueAck(true)).toBe(107)
})

test('a runtime that does not tell where its output stands has no replays', () => {
  const cursor = createOutputCursor()
  cursor.attached({ offset: 0, snapshotBytes: 0 })
  expect(shapes(cursor.take(bytes(3)))).toEqual([[3, false]])
})
