import { expect, it } from 'vitest'
import { parseFolder, parseShellMark } from './shell-marks.ts'

it.each([
  ['A', { kind: 'prompt' }],
  ['A;cl=m;aid=1', { kind: 'prompt' }],
  ['B', { kind: 'command-line' }],
  ['C', { kind: 'output' }],
  ['D', { kind: 'end', exitCode: undefined, durationMs: undefined }],
  ['D;0', { kind: 'end', exitCode: 0, durationMs: undefined }],
  ['D;130;duration=2500', { kind: 'end', exitCode: 130, durationMs: 2500 }],
  ['D;1;aid=7;duration=x', { kind: 'end', exitCode: 1, durationMs: undefined }],
  ['P;k=v', undefined],
  ['', undefined],
])('OSC 133 %j', (data, mark) => {
  expect(parseShellMark(data)).toEqual(mark)
})

it.each([
  ['file://box/home/me', '/home/me'],
  ['file:///a%20b/%E6%BC%A2', '/a b/漢'],
  ['file://box/a#b?c', '/a#b?c'],
  ['/home', undefined],
  ['file://box/%ff', undefined],
  ['https://a.example/', undefined],
])('OSC 7 %j', (data, folder) => {
  expect(parseFolder(data)).toBe(folder)
})
