import { closeSync, constants, fchmodSync, fchownSync, fstatSync, mkdirSync, openSync, type Stats } from 'node:fs'
import type { Account } from './accounts.ts'
import { BootRefusal } from './refusal.ts'

/** What is known of a folder before it may change hands. */
export interface FoundFolder {
  /** It was not there before. */
  isMade: boolean
  status: Stats
}

/**
 * Makes the folder `path` where there is none, and gives it to `account`, with `mode`, where `mayOwn` says so. What is
 * looked at and what changes is one open folder that is no symbolic link: nothing else can take its place meanwhile.
 * Throws `BootRefusal` where the path is something else.
 */
export function ownFolder(
  path: string,
  account: Account,
  { mode, mayOwn }: { mode: number; mayOwn: (folder: FoundFolder) => boolean },
): void {
  const isMade = mkdirFor(path)
  const fd = openFolder(path)
  try {
    if (!mayOwn({ isMade, status: fstatSync(fd) })) return
    fchmodSync(fd, mode)
    fchownSync(fd, account.uid, account.gid)
  } finally {
    closeSync(fd)
  }
}

function mkdirFor(path: string): boolean {
  try {
    return mkdirSync(path, { recursive: true, mode: 0o755 }) !== undefined
  } catch (cause) {
    throw new BootRefusal(`"${path}" is not a folder, and cannot be made one.`, { cause })
  }
}

function openFolder(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  } catch (cause) {
    throw new BootRefusal(`"${path}" is not a folder.`, { cause })
  }
}
