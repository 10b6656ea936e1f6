import { expect, test } from 'vitest'
import { isEmulatorReply, isEmulatorReport } from './emulator-replies.ts'

test.each([
  ['primary attributes', '\u{1b}[?1;2c'],
  ['secondary attributes', '\u{1b}[>0;276;0c'],
  ['state', '\u{1b}[0n'],
  ['position', '\u{1b}[24;80R'],
  ['position at home', '\u{1b}[1;1R'],
  ['position with a question mark', '\u{1b}[?24;80R'],
  ['mode', '\u{1b}[?2026;2$y'],
  ['size', '\u{1b}[8;24;80t'],
  ['setting', '\u{1b}P1$r0m\u{1b}\\'],
  ['colour', '\u{1b}]10;rgb:ffff/ffff/ffff\u{1b}\\'],
  ['two of them', '\u{1b}[0n\u{1b}[24;80R'],
])('an emulator answers by itself: %s', (_name, input) => {
  expect(isEmulatorReply(input)).toBe(true)
})

test.each([
  ['text', 'c'],
  ['a line', 'echo 1;2c\r'],
  ['arrow', '\u{1b}[A'],
  ['arrow with a modifier', '\u{1b}[1;5C'],
  ['F3 with a modifier', '\u{1b}[1;2R'],
  ['F5', '\u{1b}[15~'],
  ['Alt and a letter', '\u{1b}c'],
  ['paste', '\u{1b}[200~text\u{1b}[201~'],
  ['mouse', '\u{1b}[<0;10;10M'],
  ['focus', '\u{1b}[I'],
  ['nothing', ''],
])('people do this: %s', (_name, input) => {
  expect(isEmulatorReply(input)).toBe(false)
})

test.each([
  ['focus', '\u{1b}[I', true],
  ['focus gone', '\u{1b}[O', true],
  ['pointer', '\u{1b}[<35;10;10M', true],
  ['two of them', '\u{1b}[<0;10;10M\u{1b}[<0;10;10m', true],
  ['pointer, older form', '\u{1b}[M !!', true],
  ['arrow', '\u{1b}[A', false],
  ['F1', '\u{1b}OP', false],
  ['End', '\u{1b}[F', false],
  ['paste', '\u{1b}[200~\u{1b}[I\u{1b}[201~', false],
])('an emulator reports by itself: %s', (_name, input, expected) => {
  expect(isEmulatorReport(input)).toBe(expected)
})
