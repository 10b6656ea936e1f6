import { z } from 'zod'

/**
 * What a person can ask for from the application menu and the screen carries out. Everything else in that menu is the
 * system's own (copy, paste, zoom, quit). The screen shows and handles the chords; the menu only names them.
 */
export const APP_COMMANDS = ['new-workspace', 'new-terminal', 'close-terminal', 'toggle-sidebar'] as const
export const AppCommand = z.enum(APP_COMMANDS)
export type AppCommand = z.infer<typeof AppCommand>
