import { platform } from 'node:process'
import { canInstallPackages, exists, findProgram, installPackages } from '../setup/debian-packages.ts'
import { ensureElectron, hasDisplay } from '../setup/electron.ts'
import { ensureEngine } from '../setup/engine.ts'

/** What the tests found on this machine; each is undefined where it is missing, and then its reason is in `missing`. */
export interface Requirements {
  engine: boolean
  electron: boolean
  /** A Chromium for the web UI's tests. */
  chromium: string | undefined
  /** Whether a window can be shown: on a display, or on one that the tests make with Xvfb. */
  display: boolean
  missing: Readonly<Record<'engine' | 'electron' | 'chromium' | 'display', string>>
}

/** In no folder of the PATH of most users. */
const SSHD = '/usr/sbin/sshd'
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_BROWSERS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Finds what the tests need, and installs what Debian has of it where that needs nobody's leave. */
export async function meetRequirements(): Promise<Requirements> {
  await installMissingPrograms()
  const engine = await ensureEngine()
  const electron = await ensureElectron()
  return {
    engine: engine.isThere,
    electron: electron.isThere,
    chromium: await findBrowser(),
    display: await canShowWindows(),
    missing: {
      engine: engine.isThere ? '' : engine.sentence,
      electron: electron.isThere ? '' : electron.reason,
      chromium: 'no Chromium or Chrome was found; install one',
      display: 'there is no display; install xvfb',
    },
  }
}

async function installMissingPrograms(): Promise<void> {
  if (!(await canInstallPackages())) return
  const packages = [
    ...((await findBrowser()) === undefined ? ['chromium'] : []),
    ...((await canShowWindows()) ? [] : ['xvfb']),
    ...((await findProgram('ip')) === undefined ? ['iproute2'] : []),
    ...((await findProgram('systemd-analyze')) === undefined ? ['systemd'] : []),
    ...((await findProgram('git')) === undefined ? ['git'] : []),
    ...((await findProgram('openssl')) === undefined ? ['openssl'] : []),
    ...((await exists(SSHD)) ? [] : ['openssh-server', 'openssh-client']),
    ...((await findProgram('gnome-keyring-daemon')) === undefined ? ['gnome-keyring'] : []),
    ...((await findProgram('dbus-daemon')) === undefined ? ['dbus'] : []),
  ]
  if (packages.length > 0)
    await installPackages(packages, 'The tests drive a browser, a window, a keychain, networks, units and Git servers')
}

async function findBrowser(): Promise<string | undefined> {
  for (const name of BROWSERS) {
    const file = await findProgram(name)
    if (file !== undefined) return file
  }
  if (platform !== 'darwin') return undefined
  for (const file of MAC_BROWSERS) if (await exists(file)) return file
  return undefined
}

async function canShowWindows(): Promise<boolean> {
  return hasDisplay() || (await findProgram('Xvfb')) !== undefined
}
