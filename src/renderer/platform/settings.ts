import { z } from 'zod'
import { DesktopSettings } from '../../contract/desktop/index.ts'
import { MAX_IMPORTED_THEMES, MAX_THEME_NAME, TerminalTheme } from './terminal-theme.ts'

/** Where the settings lie in `localStorage`; `public/theme.js` reads the same key before the first frame. */
const STORAGE_KEY = 'berth.settings'

export const CURSOR_STYLES = ['block', 'bar', 'underline'] as const
export const TEXT_CONTRASTS = ['standard', 'more', 'off'] as const
export const SCROLLBACK = { min: 100, max: 100_000, normal: 5000 }

const AppSettings = DesktopSettings.extend({
  /** Terminals keep their lines where screen readers find them. */
  screenReader: z.boolean(),
  /** Whether keys are shown before the shell has: where the link is slow, always, never. */
  prediction: z.enum(['auto', 'on', 'off']),
  /** Font family of terminals as CSS writes it; empty: the best of this computer. */
  terminalFont: z.string().max(200),
  cursorStyle: z.enum(CURSOR_STYLES),
  /** Lines that a terminal keeps above its screen. */
  scrollbackLines: z.number().int().min(SCROLLBACK.min).max(SCROLLBACK.max),
  /** What text of terminals is recoloured to, so that it can be read. */
  textContrast: z.enum(TEXT_CONTRASTS),
  /** Name of an imported theme; empty: Berth's own, which follows the look of the app. */
  terminalTheme: z.string().max(MAX_THEME_NAME),
  importedThemes: z.array(TerminalTheme).max(MAX_IMPORTED_THEMES),
  /** A paste of several lines is asked about where the program would run them. */
  warnsOfPastedLines: z.boolean(),
  /** Whether programs of a workspace may set the clipboard, by `worker/workspace`; absent: not asked yet. */
  clipboardRights: z.record(z.string(), z.enum(['allowed', 'refused'])),
})
export type AppSettings = z.infer<typeof AppSettings>

const DEFAULTS: AppSettings = {
  theme: 'system',
  contrast: 'system',
  terminalFontSize: 13,
  screenReader: false,
  prediction: 'auto',
  terminalFont: '',
  cursorStyle: 'block',
  scrollbackLines: SCROLLBACK.normal,
  textContrast: 'standard',
  terminalTheme: '',
  importedThemes: [],
  warnsOfPastedLines: true,
  clipboardRights: {},
}

/** The settings of this app on this computer. They apply at once, and survive a reload. */
export interface SettingsStore {
  read(): AppSettings
  update(patch: Partial<AppSettings>): void
  /** Takes over what the shell kept. */
  take(kept: Partial<AppSettings>): void
  subscribe(listener: () => void): () => void
}

type SettingsDeps = {
  storage: Pick<Storage, 'getItem' | 'setItem'>
  /** Told of each change that this page made, so that the shell can keep it too. */
  onUpdate?: (patch: Partial<AppSettings>) => void
}

export function createSettings({ storage, onUpdate }: SettingsDeps): SettingsStore {
  let current = readStored(storage)
  const listeners = new Set<() => void>()
  const take = (patch: Partial<AppSettings>): void => {
    current = { ...current, ...patch }
    store(storage, current)
    for (const listener of listeners) listener()
  }
  return {
    read: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    take,
    update(patch) {
      take(patch)
      onUpdate?.(patch)
    },
  }
}

function readStored(storage: SettingsDeps['storage']): AppSettings {
  try {
    const stored = Stored.safeParse(JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}'))
    return stored.success ? withDefaults(stored.data) : DEFAULTS
  } catch {
    // Storage that is blocked or damaged: the app works with its defaults.
    return DEFAULTS
  }
}

const Stored = z.record(z.string(), z.unknown())

/** What can be read of it: one setting that another version wrote differently does not take the rest along. */
function withDefaults(stored: z.infer<typeof Stored>): AppSettings {
  const readable = Object.entries(AppSettings.shape).filter(([name, schema]) => schema.safeParse(stored[name]).success)
  return AppSettings.parse({ ...DEFAULTS, ...Object.fromEntries(readable.map(([name]) => [name, stored[name]])) })
}

function store(storage: SettingsDeps['storage'], settings: AppSettings): void {
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify(settings))
  } catch {
    // A full or blocked storage loses the setting at the next start, not now.
  }
}
