import { z } from 'zod'

export const MAX_THEME_NAME = 80
export const MAX_IMPORTED_THEMES = 20

const Colour = z.string().regex(/^#[0-9a-f]{6}$/)

/** The sixteen colours in the order of the escape codes. */
export const COLOUR_NAMES = [
  ...(['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const),
  ...(['brightBlack', 'brightRed', 'brightGreen', 'brightYellow'] as const),
  ...(['brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const),
]

/** Colours of terminals that somebody brought along. */
export const TerminalTheme = z.object({
  name: z.string().min(1).max(MAX_THEME_NAME),
  background: Colour,
  foreground: Colour,
  cursor: Colour,
  selection: Colour,
  colours: z.array(Colour).length(COLOUR_NAMES.length),
})
export type TerminalTheme = z.infer<typeof TerminalTheme>
