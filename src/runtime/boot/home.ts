import { lstatSync, readFileSync } from 'node:fs'
import { normalize } from 'node:path'
import { moveAccount } from './account-files.ts'
import type { Account } from './accounts.ts'
import { lastingMounts } from './mounts.ts'
import { ownFolder } from './own-folder.ts'

/**
 * Gives `account` a home that is its own, and returns the account as it is then. Of the folders of an image that root
 * owns none changes hands but `/home/<name>`: where the account's home is another (`/`, `/usr/share/x`) and no volume is
 * mounted there, `/home/<name>` is its home from now on. Throws `BootRefusal` where that is no folder.
 */
export function prepareHome(account: Account): Account {
  const path = normalize(account.home).replace(/(?<=.)\/$/, '')
  const usual = `/home/${account.name}`
  if (isFit(path, usual)) {
    takeHome(path, account)
    return { ...account, home: path }
  }
  takeHome(usual, account)
  const moved = { ...account, home: usual }
  moveAccount(moved)
  return moved
}

function isFit(path: string, usual: string): boolean {
  if (path === '/' || !path.startsWith('/')) return false
  if (path === usual) return true
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.uid !== 0 || isVolume(path)
}

function takeHome(path: string, account: Account): void {
  const isUsual = path === `/home/${account.name}`
  ownFolder(path, account, {
    mode: 0o755,
    mayOwn: ({ isMade, status }) => status.uid === 0 && (isMade || isUsual || isVolume(path)),
  })
}

function isVolume(path: string): boolean {
  return lastingMounts(readFileSync('/proc/self/mountinfo', 'utf8')).has(path)
}
