import { strings } from '../strings/index.ts'

/** The parts of a key event that a chord is matched by. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** A key combination, written `Ctrl+Shift+K`; the last part is a letter, a digit or the name of a key. `Option` is Alt on a Mac. */
export type Chord = string

const NAMED = {
  Space: { key: ' ', label: strings.commands.keyNames.space },
  Escape: { key: 'Escape', label: strings.commands.keyNames.escape },
  Tab: { key: 'Tab', label: strings.commands.keyNames.tab },
  Up: { key: 'ArrowUp', label: strings.commands.keyNames.up },
  Down: { key: 'ArrowDown', label: strings.commands.keyNames.down },
  Left: { key: 'ArrowLeft', label: strings.commands.keyNames.left },
  Right: { key: 'ArrowRight', label: strings.commands.keyNames.right },
  PageUp: { key: 'PageUp', label: strings.commands.keyNames.pageUp },
  PageDown: { key: 'PageDown', label: strings.commands.keyNames.pageDown },
  Home: { key: 'Home', label: strings.commands.keyNames.home },
  End: { key: 'End', label: strings.commands.keyNames.end },
  Backspace: { key: 'Backspace', label: strings.commands.keyNames.backspace },
  Enter: { key: 'Enter', label: strings.commands.keyNames.enter },
} as const

type NamedKey = keyof typeof NAMED
const isNamed = (name: string): name is NamedKey => name in NAMED

function partsOf(chord: Chord): { modifiers: ReadonlySet<string>; key: string } {
  const plus = chord === '+' || chord.endsWith('++')
  const modifiers = (plus ? chord.slice(0, -2) : chord.slice(0, Math.max(0, chord.lastIndexOf('+'))))
    .split('+')
    .filter(Boolean)
  return { modifiers: new Set(modifiers), key: plus ? '+' : chord.slice(chord.lastIndexOf('+') + 1) }
}

/**
 * Whether a key event is this chord, with exactly its modifiers. Letters are matched by what they write, so that they
 * follow the layout; digits by where they lie, because Shift changes what they write.
 */
export function matchesChord(chord: Chord, press: KeyPress): boolean {
  const { modifiers, key } = partsOf(chord)
  // A character beyond letters needs Shift on some layouts and not on others: `?` and `+` say nothing of it.
  const shiftMatters = /^([a-z0-9]|f\d+)$/i.test(key) || isNamed(key) || modifiers.has('Shift')
  if (press.ctrlKey !== modifiers.has('Ctrl') || press.metaKey !== modifiers.has('Cmd')) return false
  if (press.altKey !== (modifiers.has('Alt') || modifiers.has('Option'))) return false
  if (shiftMatters && press.shiftKey !== modifiers.has('Shift')) return false
  return matchesKey(key, press)
}

/** Whether the key itself is the one that is named, whatever the modifiers. */
export function matchesKey(key: string, press: Pick<KeyPress, 'key' | 'code'>): boolean {
  if (/^\d$/.test(key)) return press.code === `Digit${key}` || press.code === `Numpad${key}`
  if (isNamed(key)) return press.key === NAMED[key].key
  if (key === '/' && press.code === 'Slash') return true
  return press.key.toLowerCase() === key.toLowerCase()
}

/** A chord as people read it: `Ctrl Shift K`, `Cmd K`. */
export function formatChord(chord: Chord): string {
  const { modifiers, key } = partsOf(chord)
  const name = isNamed(key) ? NAMED[key].label : key.toUpperCase()
  return [...modifiers, name].join(' ')
}
