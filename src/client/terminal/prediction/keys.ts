/** A key whose effect on a line of input can be foretold. */
export type Key = { kind: 'text'; text: string; width: 1 | 2 } | { kind: 'backspace' | 'left' | 'right' }

/** What is more than a person types at once is pasted, and nothing is foretold of it. */
const MOST_KEYS = 16
const SEQUENCES: readonly (readonly [string, Key])[] = [
  ['\u{7f}', { kind: 'backspace' }],
  ['\u{1b}[D', { kind: 'left' }],
  ['\u{1b}OD', { kind: 'left' }],
  ['\u{1b}[C', { kind: 'right' }],
  ['\u{1b}OC', { kind: 'right' }],
]

/** The keys of `typed`; `undefined` where the effect of any of them is not known. */
export function keysOf(typed: string): Key[] | undefined {
  const keys: Key[] = []
  for (let rest = typed; rest !== ''; ) {
    const sequence = SEQUENCES.find(([bytes]) => rest.startsWith(bytes))
    const text = String.fromCodePoint(rest.codePointAt(0) ?? 0)
    const width = sequence === undefined ? widthOf(text) : undefined
    if (keys.length === MOST_KEYS || (sequence === undefined && width === undefined)) return undefined
    if (sequence !== undefined) keys.push(sequence[1])
    else if (width !== undefined) keys.push({ kind: 'text', text, width })
    rest = rest.slice(sequence === undefined ? text.length : sequence[0].length)
  }
  return keys
}

const isWithin = (ranges: readonly (readonly [number, number])[], code: number): boolean =>
  ranges.some(([first, last]) => code >= first && code <= last)

/** ASCII, Latin, Greek and Cyrillic letters and signs: a cell each, and nothing that joins what stands before. */
const NARROW = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x2ff],
  [0x370, 0x482],
  [0x48a, 0x52f],
] as const
/** Kana, ideographs, Hangul and full-width forms: two cells each (Unicode, East Asian Width W and F). */
const WIDE = [
  [0x3041, 0x3096],
  [0x30a0, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xff01, 0xff60],
  [0x20000, 0x3fffd],
] as const

/** Cells that a character takes, where every terminal agrees on it. */
function widthOf(character: string): 1 | 2 | undefined {
  const code = character.codePointAt(0) ?? 0
  if (isWithin(NARROW, code)) return 1
  return isWithin(WIDE, code) ? 2 : undefined
}
