import { z } from 'zod'
import { DesktopSettings } from '../../contract/desktop/index.ts'

/** Where the settings lie in `localStorage`; `public/theme.js` reads the same key before the first frame. */
const STORAGE_KEY = 'berth.settings'

const AppSettings = DesktopSettings.extend({
  /** Terminals keep their lines where screen readers find them. */
  screenReader: z.boolean(),
})
export type AppSettings = z.infer<typeof AppSettings>

const DEFAULTS: AppSettings = { theme: 'system', contrast: 'system', terminalFontSize: 13, screenReader: false }

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
    const stored = AppSettings.partial().safeParse(JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}'))
    return stored.success ? { ...DEFAULTS, ...definedOnly(stored.data) } : DEFAULTS
  } catch {
    // Storage that is blocked or damaged: the app works with its defaults.
    return DEFAULTS
  }
}

function definedOnly(settings: { [Key in keyof AppSettings]?: AppSettings[Key] | undefined }): Partial<AppSettings> {
  const { theme, contrast, terminalFontSize, screenReader } = settings
  return {
    ...(theme === undefined ? {} : { theme }),
    ...(contrast === undefined ? {} : { contrast }),
    ...(terminalFontSize === undefined ? {} : { terminalFontSize }),
    ...(screenReader === undefined ? {} : { screenReader }),
  }
}

function store(storage: SettingsDeps['storage'], settings: AppSettings): void {
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify(settings))
  } catch {
    // A full or blocked storage loses the setting at the next start, not now.
  }
}
