import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

/** The root of the project, where everything was built to `out`. */
export const PROJECT = join(import.meta.dirname, '..', '..')

/** The command line, as it was built. */
export const WS = join(PROJECT, 'out/cli/ws.js')

/** Which of the tests that run at the same time these are: 0 for the first, which finds the machine as a person does. */
export const PARALLEL_INDEX = Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)

export type ShellKind = 'electron' | 'web'

/** Where Debian, Ubuntu, macOS and Windows keep a Chromium or a Chrome. `BERTH_CHROMIUM` goes before them. */
const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export function findBrowser(): string | undefined {
  const named = process.env['BERTH_CHROMIUM']
  return [...(named === undefined ? [] : [named]), ...BROWSERS].find((path) => existsSync(path))
}

/** The folder with an Electron binary; found without the download that `require('electron')` would begin. */
function findElectron(): string | undefined {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  return [...(named === undefined ? [] : [named]), join(PROJECT, 'node_modules/electron/dist')].find(
    (folder) =>
      existsSync(join(folder, 'electron')) ||
      existsSync(join(folder, 'Electron.app')) ||
      existsSync(join(folder, 'electron.exe')),
  )
}

/** The program itself, for starts that no driver watches. */
export function electronBinary(): string {
  const folder = findElectron()
  const program = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']
    .map((name) => join(folder ?? '', name))
    .find((path) => existsSync(path))
  if (program === undefined) throw new Error('There is no Electron binary.')
  return program
}

const XVFB = '/usr/bin/Xvfb'

/** Whether the app needs a display of its own: where there is none, and where other tests have the keyboard and clipboard of the one there is. */
export function needsDisplay(): boolean {
  if (process.platform !== 'linux') return false
  return process.env['DISPLAY'] === undefined || (PARALLEL_INDEX > 0 && existsSync(XVFB))
}

/** What this machine lacks for `kind`, as a sentence; undefined where nothing is missing. */
export function whatIsMissing(kind: ShellKind): string | undefined {
  const entry = kind === 'electron' ? 'out/main/index.js' : 'out/cli/ws.js'
  if (!existsSync(join(PROJECT, entry))) return `${entry} is not built: run \`npm run build\`.`
  if (kind === 'web') {
    return findBrowser() === undefined
      ? 'There is no Chromium or Chrome: install one, or name it in BERTH_CHROMIUM.'
      : undefined
  }
  if (findElectron() === undefined)
    return 'There is no Electron binary: name its folder in ELECTRON_OVERRIDE_DIST_PATH.'
  if (needsDisplay() && !existsSync(XVFB)) return 'There is no display and no Xvfb: install Xvfb.'
  return undefined
}

/** Chromium's sandbox does not run as root; nowhere else is it left off. */
export function sandboxArguments(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
