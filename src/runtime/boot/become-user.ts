import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { type Account, supplementaryGroups } from './accounts.ts'
import { attempt } from './attempt.ts'

const SKELETON = '/etc/skel'

/**
 * Gives root up for good: groups, group and user are those of `account` afterwards, capabilities are gone with them.
 * The kernel makes a process that changed its user undumpable, so that nothing of it can be read through `/proc`.
 */
export function becomeUser(account: Account): void {
  if (!process.setgroups || !process.setgid || !process.setuid) throw new Error('This system has no users.')
  process.setgroups([account.gid, ...supplementaryGroups(readFileSync('/etc/group', 'utf8'), account.name)])
  process.setgid(account.gid)
  process.setuid(account.uid)
  if (process.getuid?.() !== account.uid || process.geteuid?.() !== account.uid)
    throw new Error('Root was not given up.')
  process.umask(0o022)
}

/**
 * Makes the work folder, and gives an empty home what `/etc/skel` has. Runs as the user, so it can harm nothing; returns
 * what could not be done, for the log: a home is its user's, who may have put anything into it.
 */
export function furnishHome(home: string, workFolder: string): string[] {
  const warnings: string[] = []
  attempt(warnings, home, () => {
    const isNew = readdirSync(home).every((name) => name === 'lost+found')
    if (isNew && existsSync(SKELETON)) cpSync(SKELETON, home, { recursive: true, errorOnExist: false, force: false })
  })
  attempt(warnings, workFolder, () => {
    mkdirSync(workFolder, { recursive: true })
  })
  return warnings
}
