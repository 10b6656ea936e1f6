import { z } from 'zod'
import { COLOUR_NAMES, MAX_THEME_NAME, TerminalTheme } from '../../platform/terminal-theme.ts'

/** Larger files hold no theme. */
export const MAX_THEME_FILE_BYTES = 1_048_576

/** Reads the themes of a file: `.itermcolors` of iTerm2, or schemes of Windows Terminal in JSON. Empty: it holds none. */
export function readThemes(text: string, fileName: string): TerminalTheme[] {
  const name = fileName.replace(/\.[^.]+$/, '').slice(0, MAX_THEME_NAME) || fileName
  const found = text.trimStart().startsWith('<') ? [readIterm(text, name)] : readWindowsTerminal(text, name)
  return found.flatMap((theme) => {
    const parsed = TerminalTheme.safeParse(theme)
    return parsed.success ? [parsed.data] : []
  })
}

/** A property list of colours: a name, then a dictionary of components from 0 to 1. */
function readIterm(text: string, name: string): unknown {
  const colours = new Map<string, string>()
  for (const [, key = '', dictionary = ''] of text.matchAll(/<key>([^<]+)<\/key>\s*<dict>([\s\S]*?)<\/dict>/g)) {
    colours.set(key, itermColour(dictionary))
  }
  const ansi = COLOUR_NAMES.map((_, index) => colours.get(`Ansi ${index} Color`))
  const foreground = colours.get('Foreground Color')
  return {
    name,
    background: colours.get('Background Color'),
    foreground,
    cursor: colours.get('Cursor Color') ?? foreground,
    selection: colours.get('Selection Color') ?? ansi[8],
    colours: ansi,
  }
}

function itermColour(dictionary: string): string {
  const channel = (name: string): string => {
    const share = new RegExp(`<key>${name} Component</key>\\s*<real>([\\d.eE+-]+)</real>`).exec(dictionary)?.[1]
    const value = Math.round(Math.min(1, Math.max(0, Number(share))) * 255)
    return value.toString(16).padStart(2, '0')
  }
  return `#${channel('Red')}${channel('Green')}${channel('Blue')}`
}

const Colours = z.record(z.string(), z.unknown())
const Schemes = z.union([z.object({ schemes: z.array(Colours) }), z.array(Colours), Colours])

function readWindowsTerminal(text: string, fallbackName: string): unknown[] {
  const parsed = Schemes.safeParse(parseJson(text))
  if (!parsed.success) return []
  const held = Array.isArray(parsed.data) ? parsed.data : (parsed.data['schemes'] ?? [parsed.data])
  const schemes = z.array(Colours).safeParse(held)
  return schemes.success ? schemes.data.map((scheme) => windowsScheme(scheme, fallbackName)) : []
}

function windowsScheme(scheme: z.infer<typeof Colours>, fallbackName: string): unknown {
  const colour = (name: string): string | undefined => {
    const value = scheme[name]
    const short = typeof value === 'string' ? /^#([\da-f])([\da-f])([\da-f])$/i.exec(value) : null
    if (short !== null)
      return `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`.toLowerCase()
    return typeof value === 'string' ? value.slice(0, 7).toLowerCase() : undefined
  }
  // What others call magenta is purple there.
  const ansi = COLOUR_NAMES.map((name) => colour(name.replace('magenta', 'purple').replace('Magenta', 'Purple')))
  const foreground = colour('foreground')
  return {
    name:
      typeof scheme['name'] === 'string' && scheme['name'] !== ''
        ? scheme['name'].slice(0, MAX_THEME_NAME)
        : fallbackName,
    background: colour('background'),
    foreground,
    cursor: colour('cursorColor') ?? foreground,
    selection: colour('selectionBackground') ?? ansi[8],
    colours: ansi,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
