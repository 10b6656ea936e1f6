import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { BROUGHT_FOLDER, STATE_FOLDER } from '../../contract/runtime/state-folder.ts'
import type { Account } from './accounts.ts'

/**
 * Gives `account` what an agent has brought of its terminals from the container before, each file once. A folder that anybody
 * but root could have put something into is let be: what lies there would change hands. Throws where that cannot be done.
 */
export function takeBrought(account: Account): void {
  const folder = lstatSync(BROUGHT_FOLDER, { throwIfNoEntry: false })
  if (folder === undefined) return
  if (!folder.isDirectory() || folder.uid !== 0 || (folder.mode & 0o022) !== 0) {
    throw new Error('is not a folder of root alone')
  }
  for (const name of readdirSync(BROUGHT_FOLDER)) giveFile(name, account)
  rmSync(BROUGHT_FOLDER, { recursive: true, force: true })
}

function giveFile(name: string, { uid, gid }: Account): void {
  const path = join(BROUGHT_FOLDER, name)
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const status = fstatSync(fd)
    if (!status.isFile() || status.nlink !== 1) return
    fchmodSync(fd, 0o600)
    fchownSync(fd, uid, gid)
  } finally {
    closeSync(fd)
  }
  renameSync(path, join(STATE_FOLDER, name))
}
