import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { type Account, type AccountFiles, chooseAccount, withHome, withoutLock } from './accounts.ts'

const PATHS = { passwd: '/etc/passwd', group: '/etc/group', shadow: '/etc/shadow' } as const
const NEW_FILE_MODES = { passwd: 0o644, group: 0o644, shadow: 0o640 } as const

/**
 * The account that this workspace runs as, written into the container's account files where the image has none. Needs
 * root, and none of the image's own tools.
 */
export function ensureAccount(wanted: string | undefined): Account {
  const files: AccountFiles = { passwd: read('passwd'), group: read('group'), shadow: read('shadow') }
  const chosen = chooseAccount(files, wanted, existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh')
  if (chosen.files) {
    // passwd is last: an account is there only once everything else of it is.
    for (const name of ['shadow', 'group', 'passwd'] as const) replace(name, chosen.files[name])
  }
  return chosen.account
}

/** Writes down that the home of `account` is another than the image said. Needs root. */
export function moveAccount(account: Account): void {
  replace('passwd', withHome(read('passwd'), account))
}

/** Lets keys open the account, which has no password. Needs root. */
export function unlockAccount(name: string): void {
  const before = read('shadow')
  const after = withoutLock(before, name)
  if (after !== before) replace('shadow', after)
}

function read(name: keyof AccountFiles): string {
  return existsSync(PATHS[name]) ? readFileSync(PATHS[name], 'utf8') : ''
}

function replace(name: keyof AccountFiles, text: string): void {
  const path = PATHS[name]
  const mode = existsSync(path) ? statSync(path).mode & 0o777 : NEW_FILE_MODES[name]
  const draft = `${path}.berth`
  writeFileSync(draft, text, { mode })
  chmodSync(draft, mode)
  renameSync(draft, path)
}
