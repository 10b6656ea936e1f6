import { expect, it } from 'vitest'
import { isNativeClipboardKey } from './native-clipboard.ts'

const press = (key: string, modifiers: object = {}) => ({
  ...{ key, ctrlKey: true, shiftKey: false, altKey: false, metaKey: false },
  ...modifiers,
})

it('leaves Ctrl+V to Windows, and Ctrl+C where something is selected', () => {
  expect(isNativeClipboardKey(press('v'), 'windows', false)).toBe(true)
  expect(isNativeClipboardKey(press('c'), 'windows', true)).toBe(true)
  expect(isNativeClipboardKey(press('c'), 'windows', false)).toBe(false)
})

it('leaves both to the shell elsewhere, and with other modifiers', () => {
  expect(isNativeClipboardKey(press('c'), 'linux', true)).toBe(false)
  expect(isNativeClipboardKey(press('v'), 'mac', true)).toBe(false)
  expect(isNativeClipboardKey(press('c', { shiftKey: true }), 'windows', true)).toBe(false)
  expect(isNativeClipboardKey(press('v', { altKey: true }), 'windows', true)).toBe(false)
})
