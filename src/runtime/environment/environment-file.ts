import { lstatSync, readlinkSync, renameSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatEnvironment } from '../../domain/shell-quote.ts'
import type { Account } from '../boot/accounts.ts'
import { ownFolder } from '../boot/own-folder.ts'

export const SECRETS_FOLDER = '/run/berth'
/** What the user may put there; the folder around it is root's. */
const OWN_FOLDER = `${SECRETS_FOLDER}/user`
const LINK = `${SECRETS_FOLDER}/env`
const TARGET = 'user/env'
/** `f_type` of a tmpfs, from `linux/magic.h`. */
export const TMPFS_MAGIC = 0x01021994

/**
 * Makes the place where the environment lies for what is not started by the runtime: `/run/berth/env`, which leads into a
 * folder of the account, so that it can be replaced without root. Needs root. Throws where that is not a memory file
 * system: nothing is written then.
 */
export function prepareEnvironmentFile(account: Account): void {
  if (!isInMemory()) throw new Error('not a tmpfs: the environment is given to terminals but not written to a disk')
  // Nobody but root can make anything in the folder around it: what is there is ours.
  ownFolder(OWN_FOLDER, account, { mode: 0o700, mayOwn: () => true })
  const found = lstatSync(LINK, { throwIfNoEntry: false })
  if (found?.isSymbolicLink() && readlinkSync(LINK) === TARGET) return
  rmSync(LINK, { force: true })
  symlinkSync(TARGET, LINK)
}

/** Puts the environment in place of the one before, whole. Without `prepareEnvironmentFile` before it does nothing. */
export function writeEnvironmentFile(env: Record<string, string>): void {
  if (!isInMemory() || lstatSync(OWN_FOLDER, { throwIfNoEntry: false }) === undefined) return
  const draft = join(OWN_FOLDER, '.env')
  rmSync(draft, { force: true })
  writeFileSync(draft, formatEnvironment(env), { mode: 0o600, flag: 'wx' })
  renameSync(draft, join(OWN_FOLDER, 'env'))
}

function isInMemory(): boolean {
  try {
    return statfsSync(SECRETS_FOLDER).type === TMPFS_MAGIC
  } catch {
    return false
  }
}
