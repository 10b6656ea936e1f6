import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BACKGROUND, backgroundColor } from './window-theme.ts'

describe('backgroundColor', () => {
  const system = { systemHighContrast: false, contrast: 'system' } as const

  it('follows the theme, and contrast by the system or by choice', () => {
    expect(backgroundColor({ ...system, dark: false })).toBe(BACKGROUND.light)
    expect(backgroundColor({ ...system, dark: true })).toBe(BACKGROUND.dark)
    expect(backgroundColor({ ...system, dark: true, contrast: 'more' })).toBe(BACKGROUND.darkHighContrast)
    expect(backgroundColor({ dark: false, systemHighContrast: true, contrast: 'system' })).toBe(
      BACKGROUND.lightHighContrast,
    )
  })

  it('is the bg token of the screens', () => {
    const tokens = readFileSync(new URL('../../renderer/ui/tokens.css', import.meta.url), 'utf8').toUpperCase()
    const found = [...tokens.matchAll(/--BG: (#[0-9A-F]{6})/g)].map((match) => match[1])
    expect(new Set(found)).toEqual(new Set(Object.values(BACKGROUND)))
  })
})
