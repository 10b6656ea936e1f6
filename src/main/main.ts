import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, nativeTheme, powerMonitor, protocol, session, shell } from 'electron'
import type { Logger } from 'pino'
import { PortFrames } from '../client/frames/port-frames.ts'
import { asDomPort } from '../client/frames/transferred-port.ts'
import type { AppInfo } from '../contract/desktop/index.ts'
import { assertNever } from '../domain/assert-never.ts'
import { appPaths } from './app-paths.ts'
import { CommandChannel, createDesktopHandler } from './bridge/desktop-handler.ts'
import { brokerPorts } from './bridge/port-broker.ts'
import { AppRequests } from './links/app-requests.ts'
import { OpenedUrls } from './links/opened-urls.ts'
import { takeLinks } from './links/take-links.ts'
import { handleCrashes } from './log/crash-handlers.ts'
import { openRotatingLog } from './log/rotating-log.ts'
import { menuTemplate, type WindowAction } from './menus/application-menu.ts'
import { APP_ORIGIN } from './protocol/app-origin.ts'
import { registerAppScheme, serveApp } from './protocol/app-protocol.ts'
import { quitGracefully } from './quit.ts'
import { SettingsStore } from './settings/settings-store.ts'
import { ThreadedKeychain } from './vault/threaded-keychain.ts'
import type { Vault } from './vault/vault.ts'
import { currentBackground, openMainWindow } from './windows/main-window.ts'
import { watchScreenReader } from './windows/screen-reader.ts'
import { restrictContents, restrictSession } from './windows/web-restrictions.ts'
import type { AgentSupervisor } from './workers/agent-supervisor.ts'
import { openWorker, openWorkers } from './workers/open-worker.ts'
import type { WorkerRegistry } from './workers/registry.ts'

registerAppScheme()
const opened = new OpenedUrls(app)
// Windows groups windows and shows notifications under this name; the installer's shortcut has the same.
if (process.platform === 'win32') app.setAppUserModelId('dev.berth.desktop')
// Another start of the same profile hands over to the one that runs, and ends before it has touched anything.
if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(startApp)
} else {
  app.quit()
}

function startApp(): void {
  const paths = appPaths({
    mainDir: import.meta.dirname,
    isPackaged: app.isPackaged,
    resourcesPath: process.resourcesPath,
  })
  const rotating = openRotatingLog(join(app.getPath('userData'), 'logs'))
  const { log } = rotating
  handleCrashes(rotating)
  const keychain = new ThreadedKeychain(paths.keychainThread)
  const { agent, vault } = openWorker({ paths, userData: app.getPath('userData'), keychain, log })
  agent.start()

  const store = new SettingsStore(log)
  nativeTheme.themeSource = store.settings.value.theme
  restrictSession(session.defaultSession, APP_ORIGIN)
  app.on('web-contents-created', (_event, contents) => restrictContents(contents, { appOrigin: APP_ORIGIN, log }))
  serveApp({ protocol, rendererRoot: paths.renderer, log })

  const commands = new CommandChannel()
  const requests = new AppRequests()
  const workers = openWorkers({ userData: app.getPath('userData'), keychain, vault, agent, log })
  powerMonitor.on('resume', () => workers.reconsider())
  app.on('will-quit', () => workers.dispose())
  joinScreens({ agent, workers, vault, store, commands, requests, log })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        platform: process.platform,
        isPackaged: app.isPackaged,
        send: (command) => commands.send(command),
        act: actOnWindow,
      }),
    ),
  )
  const openWindow = (): BrowserWindow => openMainWindow({ preload: paths.preload, log, store })
  keepWindows(openWindow)
  quitGracefully({ app, agent, keychain, log, endAtOnce: () => process.kill(process.pid, 'SIGKILL') })
  openWindow()
  takeLinks({ app, opened, log, showWindow: () => showWindow(openWindow), ask: (request) => requests.ask(request) })
}

interface ScreenDeps {
  agent: AgentSupervisor
  workers: WorkerRegistry
  vault: Vault
  store: SettingsStore
  commands: CommandChannel
  requests: AppRequests
  log: Logger
}

function joinScreens({ agent, workers, vault, store, commands, requests, log }: ScreenDeps): void {
  const serveDesktop = createDesktopHandler({
    info: appInfo(),
    log,
    workers,
    vault,
    settings: store.settings,
    updateSettings: (patch) => {
      const settings = store.update(patch)
      nativeTheme.themeSource = settings.theme
      for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(currentBackground(store))
      return settings
    },
    screenReader: watchScreenReader(app, process.platform),
    commands,
    requests,
    openExternal: (url) => shell.openExternal(url),
    showMenu: ({ x, y }) => Menu.getApplicationMenu()?.popup({ x, y }),
  })
  brokerPorts({
    ipc: ipcMain,
    log,
    isOurs: (contents) => BrowserWindow.fromWebContents(contents) !== null,
    serveDesktop,
    joinAgent: (request, port) => agent.join(request, port),
    joinRemote: (request, port) => workers.join(request, () => new PortFrames(asDomPort(port))),
  })
}

function appInfo(): AppInfo {
  const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
  return { version: app.getVersion(), platform }
}

function showWindow(openWindow: () => BrowserWindow): void {
  const window = BrowserWindow.getAllWindows()[0] ?? openWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
}

function keepWindows(openWindow: () => BrowserWindow): void {
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

function actOnWindow(action: WindowAction): void {
  const window = BrowserWindow.getFocusedWindow()
  switch (action) {
    case 'minimize':
      window?.minimize()
      return
    case 'close':
      window?.close()
      return
    case 'quit':
      app.quit()
      return
    default:
      assertNever(action)
  }
}
