import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { getuid, platform } from 'node:process'
import { runTool } from '../tool.ts'
import { exists } from './debian-packages.ts'
import { PROJECT_FOLDER, say } from './project.mjs'

/** Electron's program, or why there is none. */
export type ElectronAnswer = { isThere: true; program: string } | { isThere: false; reason: string }

const PROGRAM: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Finds Electron's binary, in `ELECTRON_OVERRIDE_DIST_PATH` where that is set, and has it fetched where it is missing. */
export async function ensureElectron(): Promise<ElectronAnswer> {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const program = path.join(
    given ?? path.join(PROJECT_FOLDER, 'node_modules/electron/dist'),
    PROGRAM[platform] ?? 'electron',
  )
  if (await exists(program)) return { isThere: true, program }
  if (given !== undefined) return { isThere: false, reason: 'ELECTRON_OVERRIDE_DIST_PATH holds no Electron' }
  say('Fetching Electron (about 120 MB, once) …')
  const { code, output } = await runTool('node_modules/electron/install.js', [])
  if (code === 0 && (await exists(program))) return { isThere: true, program }
  const reason = output.split('\n').find((line) => /error/i.test(line)) ?? 'its download failed'
  return { isThere: false, reason: `the Electron binary could not be fetched (${reason.trim().slice(0, 200)})` }
}

/** Whether a window can be shown. Only Linux has machines without a display. */
export function hasDisplay(): boolean {
  return platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

/**
 * Why Chromium's sandbox cannot start here, in words; undefined where it can. Without it Electron does not start at all,
 * unless it is told to go without: https://www.electronjs.org/docs/latest/tutorial/sandbox
 */
export async function sandboxObstacle(program: string): Promise<string | undefined> {
  if (platform !== 'linux') return undefined
  if (getuid?.() === 0) return 'Chromium’s sandbox does not start as root'
  if (await isSetUidRoot(path.join(path.dirname(program), 'chrome-sandbox'))) return undefined
  const restricted = await readFile('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').catch(() => '0')
  const allowed = await readFile('/proc/sys/kernel/unprivileged_userns_clone', 'utf8').catch(() => '1')
  if (restricted.trim() === '1' || allowed.trim() === '0') return 'this system allows no unprivileged user namespaces'
  return undefined
}

async function isSetUidRoot(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  return found?.uid === 0 && (found.mode & 0o4000) !== 0
}
