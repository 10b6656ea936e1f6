import { describe, expect, it } from 'vitest'
import { strings } from '../strings/index.ts'
import { formatChord, type KeyPress, matchesChord } from './chord.ts'
import { chordsOf, claimOf, type Keyboard, shownChord } from './command-center.ts'
import { COMMAND_IDS, definitionOf, LEADER_CHORD, NUMBERED_WORKSPACES, numberedChord } from './definitions.ts'

const KEYBOARDS: Keyboard[] = (['mac', 'windows', 'linux'] as const).flatMap((os) => [
  { os, reservedChords: false },
  { os, reservedChords: true },
])

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }
}

describe.each(KEYBOARDS)('$os, browser keeps its chords: $reservedChords', (keyboard) => {
  it.each(['terminal', 'outside-terminal'] as const)('binds no chord twice: %s', (place) => {
    const chords = COMMAND_IDS.filter((id) => ['anywhere', place].includes(definitionOf(id).context)).flatMap((id) =>
      chordsOf(id, keyboard),
    )
    const numbered = Array.from({ length: NUMBERED_WORKSPACES }, (_, index) => numberedChord(keyboard.os, index + 1))
    const all = [...chords, ...numbered, LEADER_CHORD]
    expect(all.toSorted()).toEqual([...new Set(all)].toSorted())
  })

  it.each([...'abcdefghijklmnopqrstuvwxyz'])('leaves Ctrl+%s and Alt+%s to the shell', (letter) => {
    expect(claimOf(press(letter, { ctrlKey: true }), 'terminal', keyboard)).toBeUndefined()
    expect(claimOf(press(letter, { altKey: true }), 'terminal', keyboard)).toBeUndefined()
    expect(claimOf(press(letter), 'terminal', keyboard)).toBeUndefined()
  })

  it('leaves what AltGr writes to the shell', () => {
    for (const key of ['@', '€', '{', '[', ']', '}', '\\', '|', '~']) {
      expect(claimOf(press(key, { ctrlKey: true, altKey: true }), 'terminal', keyboard)).toBeUndefined()
    }
  })

  it('leaves Ctrl+Shift+U to the input method', () => {
    expect(claimOf(press('U', { ctrlKey: true, shiftKey: true }), 'terminal', keyboard)).toBeUndefined()
  })

  it('reaches every command that has keys by a chord or by the leader', () => {
    for (const id of COMMAND_IDS) {
      const { mac, other, leader } = definitionOf(id)
      if (mac === undefined && other === undefined && leader === undefined) continue
      // Where they have no chord, arrow keys do it once `resize-terminal` has put the keyboard on the edge.
      if (keyboard.os !== 'mac' && /^resize-(left|right|up|down)$/.test(id)) continue
      expect(shownChord(id, keyboard), id).toBeDefined()
    }
  })

  it('hears the leader and Shift+Escape in a terminal', () => {
    expect(claimOf(press(' ', { ctrlKey: true, shiftKey: true }), 'terminal', keyboard)).toEqual({ kind: 'leader' })
    expect(claimOf(press('Escape', { shiftKey: true }), 'terminal', keyboard)).toEqual({
      kind: 'command',
      id: 'leave-terminal',
    })
  })
})

it('gives each leader letter to one command', () => {
  const letters = COMMAND_IDS.map((id) => definitionOf(id).leader).filter((letter) => letter !== undefined)
  expect(letters.toSorted()).toEqual([...new Set(letters)].toSorted())
})

it('keeps what the browser reserves out of the web shell, and shows the leader there', () => {
  const web: Keyboard = { os: 'linux', reservedChords: true }
  expect(chordsOf('new-terminal', web)).toEqual([])
  expect(shownChord('new-terminal', web)).toBe('Ctrl Shift Space, T')
  expect(shownChord('new-terminal', { os: 'linux', reservedChords: false })).toBe('Ctrl Shift T')
})

it('uses Cmd in every letter chord of a Mac', () => {
  for (const id of COMMAND_IDS) {
    for (const chord of definitionOf(id).mac ?? []) {
      if (/\+[A-Z]$/.test(chord)) expect(chord).toContain('Cmd')
    }
  }
})

it('has a title for every command', () => {
  for (const id of COMMAND_IDS) expect(strings.commands.title[id]).not.toBe('')
})

describe('matchesChord', () => {
  it('matches letters by what they write and digits by where they lie', () => {
    expect(matchesChord('Ctrl+Shift+K', press('K', { code: 'KeyT', ctrlKey: true, shiftKey: true }))).toBe(true)
    expect(matchesChord('Ctrl+Shift+1', press('!', { code: 'Digit1', ctrlKey: true, shiftKey: true }))).toBe(true)
  })
  it('asks for exactly the modifiers', () => {
    expect(matchesChord('Cmd+K', press('k', { metaKey: true, altKey: true }))).toBe(false)
    expect(matchesChord('Cmd+K', press('k', { metaKey: true }))).toBe(true)
  })
  it('tells a function key from the same one with Shift', () => {
    expect(matchesChord('F3', press('F3', { shiftKey: true }))).toBe(false)
    expect(matchesChord('Shift+F3', press('F3', { shiftKey: true }))).toBe(true)
  })
  it('takes Option for what a Mac calls Alt', () => {
    expect(matchesChord('Cmd+Option+Left', press('ArrowLeft', { metaKey: true, altKey: true }))).toBe(true)
    expect(matchesChord('Cmd+Option+Left', press('ArrowLeft', { metaKey: true }))).toBe(false)
  })
  it('takes a plus with and without Shift', () => {
    expect(matchesChord('Ctrl++', press('+', { ctrlKey: true, shiftKey: true }))).toBe(true)
    expect(matchesChord('Ctrl++', press('+', { ctrlKey: true }))).toBe(true)
  })
})

it('writes chords as people read them', () => {
  expect(formatChord('Ctrl+Shift+Space')).toBe('Ctrl Shift Space')
  expect(formatChord('Ctrl++')).toBe('Ctrl +')
  expect(formatChord('+')).toBe('+')
})
