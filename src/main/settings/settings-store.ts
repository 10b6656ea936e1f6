import { ipcMain } from 'electron'
import ElectronStore from 'electron-store'
import type { Logger } from 'pino'
import { z } from 'zod'
import { DesktopSettings } from '../../contract/desktop/index.ts'
import { Feed } from '../bridge/feed.ts'
import { SavedWindow } from '../windows/window-bounds.ts'

const DEFAULT_SETTINGS: DesktopSettings = { theme: 'system', contrast: 'system', terminalFontSize: 13 }

/** Each value by itself: one that is not what it should be (a damaged or newer file) gives way to its default. */
const Stored = z.object({
  settings: z
    .object({
      theme: DesktopSettings.shape.theme.catch(DEFAULT_SETTINGS.theme),
      contrast: DesktopSettings.shape.contrast.catch(DEFAULT_SETTINGS.contrast),
      terminalFontSize: DesktopSettings.shape.terminalFontSize.catch(DEFAULT_SETTINGS.terminalFontSize),
    })
    .catch(DEFAULT_SETTINGS),
  window: SavedWindow.optional().catch(undefined),
})

/** Preferences of this app on this computer, and where its window stood. Holds no secret. */
export class SettingsStore {
  readonly settings: Feed<DesktopSettings>
  readonly #store: ElectronStore
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
    this.#store = new ElectronStore({ name: 'preferences', clearInvalidConfig: true })
    // electron-store answers renderers on a channel of its own, with a path of this computer; no screen of ours asks.
    ipcMain.removeAllListeners('electron-store-get-data')
    this.settings = new Feed(this.#read().settings)
  }

  update(patch: Partial<DesktopSettings>): DesktopSettings {
    const settings = { ...this.settings.value, ...patch }
    this.settings.set(settings)
    this.#write('settings', settings)
    return settings
  }

  get window(): SavedWindow | undefined {
    return this.#read().window
  }

  rememberWindow(window: SavedWindow): void {
    this.#write('window', window)
  }

  #read(): z.infer<typeof Stored> {
    return Stored.parse({ settings: this.#store.get('settings'), window: this.#store.get('window') })
  }

  #write(key: 'settings' | 'window', value: unknown): void {
    try {
      this.#store.set(key, value)
    } catch (error) {
      // A full or read-only disk: the choice holds until the app ends.
      this.#log.error({ err: error, key }, 'a preference was not saved')
    }
  }
}
