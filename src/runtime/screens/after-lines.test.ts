import { expect, test } from 'vitest'
import { afterLines } from './after-lines.ts'

function history(bytes: Buffer, oldest = 0): Parameters<typeof afterLines>[0] {
  return {
    holds: (offset) => offset >= oldest,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  }
}

const line = Buffer.from('a line of some length, and its end\r\n')
const output = Buffer.concat([
  Buffer.from('before\n'),
  ...Array.from({ length: 12_000 }, () => line),
  Buffer.from('$ '),
])

test('the place is at the begin of a line that 11,000 more follow', () => {
  const found = afterLines(history(output), { earliest: 0, end: output.length })
  expect(found).toBe(output.length - 2 - 11_000 * line.length)
  expect(output.subarray(found, (found ?? 0) + line.length).equals(line)).toBe(true)
})

test('there is none where lines are few, where it would be too early, or where the output is not held', () => {
  const few = output.subarray(-10_000 * line.length)
  expect(afterLines(history(few), { earliest: 0, end: few.length })).toBeUndefined()
  expect(afterLines(history(output), { earliest: 5_000 * line.length, end: output.length })).toBeUndefined()
  expect(afterLines(history(output, 5_000 * line.length), { earliest: 0, end: output.length })).toBeUndefined()
})
