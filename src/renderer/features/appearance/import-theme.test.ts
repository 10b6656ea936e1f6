import { describe, expect, it } from 'vitest'
import { COLOUR_NAMES } from '../../platform/terminal-theme.ts'
import { readThemes } from './import-theme.ts'

const entry = (key: string, [red, green, blue]: readonly [number, number, number]): string => `
  <key>${key}</key>
  <dict>
    <key>Color Space</key><string>sRGB</string>
    <key>Blue Component</key>
    <real>${blue}</real>
    <key>Green Component</key>
    <real>${green}</real>
    <key>Red Component</key>
    <real>${red}</real>
  </dict>`

const ITERM = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
${COLOUR_NAMES.map((_, index) => entry(`Ansi ${index} Color`, [index / 15, 0, 1])).join('')}
${entry('Background Color', [0, 0, 0])}
${entry('Foreground Color', [1, 1, 1])}
${entry('Cursor Color', [1, 0.5, 0])}
</dict></plist>`

const WINDOWS = {
  name: 'Campbell',
  background: '#0C0C0C',
  foreground: '#CCCCCC',
  selectionBackground: '#FFFFFF',
  ...Object.fromEntries(
    COLOUR_NAMES.map((name, index) => [
      name.replace('magenta', 'purple').replace('Magenta', 'Purple'),
      `#0000${index.toString(16).padStart(2, '0').toUpperCase()}`,
    ]),
  ),
}

describe('a file of iTerm2', () => {
  it('is one theme, named by its file', () => {
    const [theme, ...more] = readThemes(ITERM, 'Night Sky.itermcolors')
    expect(more).toEqual([])
    expect(theme).toMatchObject({ name: 'Night Sky', background: '#000000', foreground: '#ffffff', cursor: '#ff8000' })
    expect(theme?.colours[15]).toBe('#ff00ff')
    // It names no colour of the selection: the bright black stands in.
    expect(theme?.selection).toBe(theme?.colours[8])
  })
})

describe('schemes of Windows Terminal', () => {
  it.each([
    ['one', WINDOWS],
    ['a list', [WINDOWS]],
    ['settings', { profiles: {}, schemes: [WINDOWS] }],
  ])('%s', (_form, content) => {
    const [theme] = readThemes(JSON.stringify(content), 'settings.json')
    expect(theme).toMatchObject({ name: 'Campbell', background: '#0c0c0c', cursor: '#cccccc', selection: '#ffffff' })
    expect(theme?.colours[5]).toBe('#000005')
    expect(theme?.colours[13]).toBe('#00000d')
  })

  it('takes short colours and leaves out transparency', () => {
    const [theme] = readThemes(JSON.stringify({ ...WINDOWS, foreground: '#abc', background: '#01020380' }), 'x.json')
    expect(theme).toMatchObject({ foreground: '#aabbcc', background: '#010203' })
  })
})

it.each(['', '{', '{}', '[]', 'null', '<plist/>', '{"schemes":7}', JSON.stringify({ ...WINDOWS, red: 'red' })])(
  'finds no theme in %j',
  (text) => {
    expect(readThemes(text, 'x.json')).toEqual([])
  },
)
