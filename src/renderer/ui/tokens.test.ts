import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast } from './contrast.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

const SURFACES = ['bg', 'surface', 'raised', 'hover', 'selected']

/** The worst case of each token over every surface of its theme, in the order dark, light, HC dark, HC light. */
const TABLE: Record<string, readonly [number, number, number, number]> = {
  fg: [11.0, 13.3, 14.0, 16.1],
  muted: [6.5, 6.1, 10.6, 11.6],
  disabled: [3.6, 3.0, 5.8, 5.4],
  accent: [6.0, 5.5, 8.1, 8.1],
  ok: [6.7, 5.3, 10.0, 9.2],
  warn: [7.3, 5.8, 10.2, 9.5],
  error: [5.7, 5.3, 8.2, 8.5],
  'needs-you': [6.5, 6.0, 9.2, 9.9],
  idle: [5.6, 5.6, 9.6, 9.7],
  control: [3.7, 3.7, 14.0, 16.1],
  line: [1.0, 1.1, 4.2, 4.1],
}
const FILLS: Record<string, readonly [number, number, number, number]> = {
  primary: [5.2, 6.0, 21, 21],
  danger: [5.3, 6.6, 12.3, 11.2],
}
const THEMES = [
  { name: 'dark', selector: ':root.dark' },
  { name: 'light', selector: ':root' },
  { name: 'more contrast, dark', selector: ':root.dark[data-contrast="more"]' },
  { name: 'more contrast, light', selector: ':root[data-contrast="more"]' },
]

function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`\n${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  const tokens = new Map<string, string>()
  for (const [, name, value] of block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)) {
    if (name !== undefined && value !== undefined) tokens.set(name, value)
  }
  return tokens
}

function token(tokens: Map<string, string>, name: string): string {
  const value = tokens.get(name)
  if (value === undefined) throw new Error(`tokens.css has no --${name} in this theme`)
  return value
}

describe.each(THEMES.map((theme, column) => ({ ...theme, column })))('$name', ({ selector, column }) => {
  const tokens = tokensOf(selector)

  it.each(Object.entries(TABLE))('%s has the contrast of the table over every surface', (name, row) => {
    const worst = Math.min(...SURFACES.map((surface) => contrast(token(tokens, name), token(tokens, surface))))
    expect(Math.abs(worst - (row[column] ?? 0)), `${name} is ${worst.toFixed(2)}`).toBeLessThanOrEqual(0.1)
  })

  it.each(Object.entries(FILLS))('text on %s has the contrast of the table', (name, row) => {
    const ratio = contrast(token(tokens, name), token(tokens, `${name}-fg`))
    expect(Math.abs(ratio - (row[column] ?? 0)), `${name} is ${ratio.toFixed(2)}`).toBeLessThanOrEqual(0.1)
  })

  it('keeps text at 4.5, and the edges of controls at 3', () => {
    for (const name of ['fg', 'muted', 'accent', 'ok', 'warn', 'error', 'needs-you', 'idle']) {
      for (const surface of SURFACES) {
        expect(contrast(token(tokens, name), token(tokens, surface)), `${name} on ${surface}`).toBeGreaterThanOrEqual(
          4.5,
        )
      }
    }
    for (const surface of SURFACES) {
      expect(contrast(token(tokens, 'control'), token(tokens, surface)), surface).toBeGreaterThanOrEqual(3)
    }
  })
})
