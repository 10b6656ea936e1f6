import type { OperatingSystem } from '../../platform/platform.ts'

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

/** Ctrl+V on Windows, where terminals paste by it (ux.md §4): left to the browser, whose paste reaches the terminal. */
export function isNativeClipboardKey(press: KeyPress, os: OperatingSystem): boolean {
  if (os !== 'windows' || !press.ctrlKey || press.shiftKey || press.altKey || press.metaKey) return false
  return press.key.toLowerCase() === 'v'
}
