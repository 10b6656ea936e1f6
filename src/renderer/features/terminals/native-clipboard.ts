import type { OperatingSystem } from '../../platform/platform.ts'

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

/**
 * Ctrl+V on Windows, and Ctrl+C where something is selected: left to the browser, whose copy and paste reach
 * the terminal. Without a selection Ctrl+C is the shell's.
 */
export function isNativeClipboardKey(press: KeyPress, os: OperatingSystem, hasSelection: boolean): boolean {
  if (os !== 'windows' || !press.ctrlKey || press.shiftKey || press.altKey || press.metaKey) return false
  const key = press.key.toLowerCase()
  return key === 'v' || (key === 'c' && hasSelection)
}
