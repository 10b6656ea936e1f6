import { describe, expect, it } from 'vitest'
import { contrast } from '../../../ui/contrast.ts'
import { TERMINAL_THEMES } from '../terminal-themes.ts'
import { searchColours } from './search-colours.ts'

describe.each(Object.entries(TERMINAL_THEMES))('%s', (name, theme) => {
  const { matchBackground, matchBorder, activeMatchBackground, activeMatchBorder } = searchColours(theme)
  const { background = '', foreground = '' } = theme

  it('keeps text readable on a match', () => {
    const wanted = name.startsWith('contrast') ? 7 : 4.5
    expect(contrast(foreground, matchBackground)).toBeGreaterThanOrEqual(wanted)
    expect(contrast(foreground, activeMatchBackground)).toBeGreaterThanOrEqual(wanted)
  })

  it('shows where a match is, and which one is gone to, by edges of 3:1', () => {
    expect(contrast(matchBorder, background)).toBeGreaterThanOrEqual(3)
    expect(contrast(activeMatchBorder, background)).toBeGreaterThanOrEqual(3)
    expect(activeMatchBackground).not.toBe(matchBackground)
  })
})
