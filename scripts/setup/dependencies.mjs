import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PINNED_NODE, PROJECT_FOLDER, say } from './project.mjs'

const LOCK_FILE = path.join(PROJECT_FOLDER, 'package-lock.json')
/** Written last: without it, or with another lock file's digest in it, `node_modules` is not taken on trust. */
const STAMP = path.join(PROJECT_FOLDER, 'node_modules/.berth-installed')
/** npm's own account of what it installed, written when it had finished. */
const INSTALLED = path.join(PROJECT_FOLDER, 'node_modules/.package-lock.json')
const PINNED_MAJOR = 'v24.'

/**
 * Makes `node_modules` what the lock file says, and says so only where there is something to do. An installation that was
 * cut short has no stamp and is made anew. Ends the process where it cannot be had.
 */
export function ensureDependencies() {
  const stamp = lockDigest()
  if (readText(STAMP) === stamp && pinnedNodeRuns()) return
  if (!isInstalledAsLocked()) install()
  if (!pinnedNodeRuns()) bringPinnedNode()
  writeFileSync(STAMP, stamp)
}

function install() {
  say('Installing the dependencies (npm ci; the first time, or after package-lock.json changed): about a minute …')
  rmSync(STAMP, { force: true })
  // No package's install script runs but that of `node`, below: nothing else needs one.
  npm(
    ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'The dependencies could not be installed',
  )
}

function bringPinnedNode() {
  say('Bringing the Node that the project is pinned to (about 50 MB) …')
  npm(['rebuild', 'node', '--loglevel=error'], 'The pinned Node could not be brought')
  if (pinnedNodeRuns()) return
  console.error(`${PINNED_NODE} does not run, or is not ${PINNED_MAJOR}x. Remove node_modules and run it again.`)
  process.exit(1)
}

/** @param {string[]} args @param {string} failure */
function npm(args, failure) {
  const script = process.env['npm_execpath']
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []]
  const run = spawnSync(command, [...first, ...args], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (run.status === 0) return
  const reason = run.error ? `: ${run.error.message}` : ''
  console.error(`${failure}${reason}. Nothing was kept as finished: mend what npm says above, then run it again.`)
  process.exit(run.status ?? 1)
}

function lockDigest() {
  return `${createHash('sha256').update(readFileSync(LOCK_FILE)).digest('hex')} ${process.platform}-${process.arch}`
}

/** Whether npm finished an installation of exactly these packages, by whoever's hand, and their folders are still there. */
function isInstalledAsLocked() {
  const installed = packagesOf(readText(INSTALLED))
  if (!installed) return false
  const wanted = Object.entries(packagesOf(readText(LOCK_FILE)) ?? {}).filter(([folder]) => folder !== '')
  return wanted.every(([folder, entry]) => {
    const found = installed[folder]
    if (!found) return entry.optional === true || entry.devOptional === true
    const here = existsSync(path.join(PROJECT_FOLDER, folder, 'package.json'))
    return here && found.version === entry.version && found.integrity === entry.integrity
  })
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} LockFile
 */

/** @param {string | undefined} lockFile */
function packagesOf(lockFile) {
  if (lockFile === undefined) return undefined
  try {
    return /** @type {LockFile} */ (JSON.parse(lockFile)).packages
  } catch {
    return undefined
  }
}

function pinnedNodeRuns() {
  const run = spawnSync(PINNED_NODE, ['--version'], { encoding: 'utf8' })
  return run.status === 0 && run.stdout.startsWith(PINNED_MAJOR)
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
