import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Logger } from 'pino'
import type { DesktopSettings } from '../../contract/desktop/index.ts'
import { APP_ORIGIN } from '../protocol/app-origin.ts'
import { type DisplayArea, MINIMUM_SIZE, placeWindow, rememberWindow, type SavedWindow } from './window-bounds.ts'
import { backgroundColor } from './window-theme.ts'

/** What of the preferences a window needs. */
export interface WindowStore {
  readonly settings: { readonly value: Pick<DesktopSettings, 'contrast'> }
  readonly window: SavedWindow | undefined
  rememberWindow(window: SavedWindow): void
}

export interface MainWindowDeps {
  preload: string
  log: Logger
  store: WindowStore
}

/** Moves and resizes come in bursts; the place is saved when they have paused for this long, and on closing. */
const SAVE_AFTER_MS = 500

/** Opens the app's window where it last stood, in its theme's colour before the first frame. */
export function openMainWindow(deps: MainWindowDeps): BrowserWindow {
  const { bounds, maximized } = placeWindow(deps.store.window, displays())
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    title: 'Berth',
    backgroundColor: currentBackground(deps.store),
    ...(process.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : {}),
    webPreferences: {
      preload: deps.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  })
  // The bar would make Alt its own key; shells use it as Meta. `showMenu` and the menu button open the same menu.
  if (process.platform !== 'darwin') window.setMenuBarVisibility(false)
  followTheme(window, deps)
  keepPlace(window, deps)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  void window
    .loadURL(`${APP_ORIGIN}/`)
    .catch((error: unknown) => deps.log.error({ err: error }, 'the page did not load'))
  return window
}

/** The background that fits the theme now. */
export function currentBackground({ settings }: Pick<WindowStore, 'settings'>): string {
  return backgroundColor({
    dark: nativeTheme.shouldUseDarkColors,
    systemHighContrast: nativeTheme.shouldUseHighContrastColors,
    contrast: settings.value.contrast,
  })
}

function followTheme(window: BrowserWindow, { store }: MainWindowDeps): void {
  const follow = (): void => window.setBackgroundColor(currentBackground(store))
  nativeTheme.on('updated', follow)
  window.once('closed', () => nativeTheme.off('updated', follow))
}

function keepPlace(window: BrowserWindow, { store }: MainWindowDeps): void {
  let pending: NodeJS.Timeout | undefined
  const save = (): void => {
    clearTimeout(pending)
    if (window.isMinimized() || window.isFullScreen()) return
    const bounds = window.getNormalBounds()
    const display = screen.getDisplayMatching(bounds)
    const placement = { bounds, maximized: window.isMaximized() }
    store.rememberWindow(rememberWindow(store.window, String(display.id), placement))
  }
  const saveSoon = (): void => {
    clearTimeout(pending)
    pending = setTimeout(save, SAVE_AFTER_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('close', save)
  window.once('closed', () => clearTimeout(pending))
}

function displays(): DisplayArea[] {
  const primary = screen.getPrimaryDisplay().id
  return screen.getAllDisplays().map(({ id, workArea }) => ({ id: String(id), workArea, primary: id === primary }))
}
