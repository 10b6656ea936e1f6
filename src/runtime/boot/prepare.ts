import { existsSync, lstatSync, readlinkSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RuntimeBoot } from '../../contract/runtime/boot.ts'
import { BROUGHT_FOLDER, STATE_FOLDER } from '../../contract/runtime/state-folder.ts'
import { formatPathProfile } from '../../domain/shell-quote.ts'
import { prepareEnvironmentFile, SECRETS_FOLDER } from '../environment/environment-file.ts'
import { ensureAccount } from './account-files.ts'
import type { Account } from './accounts.ts'
import { attempt } from './attempt.ts'
import { writeGitSettings } from './git-settings.ts'
import { prepareHome } from './home.ts'
import { ownFolder } from './own-folder.ts'
import { BootRefusal } from './refusal.ts'
import { takeBrought } from './take-brought.ts'

const WORKSPACE_LINK = '/workspace'

export interface Prepared {
  account: Account
  workFolder: string
  /** What could not be had, for the log; the workspace works without it. */
  warnings: string[]
}

/**
 * What only root can do, before the runtime becomes the workspace's user. It may run again at any time: nothing that a
 * user has put somewhere is followed, replaced or removed.
 */
export function prepareContainer(boot: RuntimeBoot, imagePath: string): Prepared {
  if (process.getuid?.() !== 0) {
    throw new BootRefusal('The runtime has to be started as root.', { hint: 'It gives root up before it serves.' })
  }
  const chosen = ensureAccount(boot.user)
  if (chosen.uid === 0) throw new BootRefusal(`The user "${chosen.name}" is root.`, { hint: 'Name another user.' })
  const account = prepareHome(chosen)
  const workFolder = join(account.home, 'workspace')
  const warnings: string[] = []
  // Rings and log: outside the home, so that one that is full or copied never meets them. Nobody else has anything to put
  // here: whoever it belongs to, it becomes the account's, closed to all others.
  ownFolder(STATE_FOLDER, account, { mode: 0o700, mayOwn: () => true })
  attempt(warnings, BROUGHT_FOLDER, () => takeBrought(account))
  attempt(warnings, '/run/berth', () => prepareEnvironmentFile(account))
  attempt(warnings, WORKSPACE_LINK, () => linkWorkspace(workFolder))
  attempt(warnings, '/etc/gitconfig', () => writeGitSettings(SECRETS_FOLDER))
  attempt(warnings, '/etc/profile.d', () => keepImagePath(imagePath))
  return { account, workFolder, warnings }
}

function linkWorkspace(target: string): void {
  const found = lstatSync(WORKSPACE_LINK, { throwIfNoEntry: false })
  if (found?.isSymbolicLink()) {
    if (readlinkSync(WORKSPACE_LINK) === target) return
    throw new Error('leads elsewhere already; left as it is')
  }
  // Removes an empty folder alone: one that holds something, or is a mount, stays.
  if (found) rmdirSync(WORKSPACE_LINK)
  symlinkSync(target, WORKSPACE_LINK)
}

function keepImagePath(imagePath: string): void {
  const profile = '/etc/profile.d/berth-path.sh'
  if (!existsSync(dirname(profile)) || !imagePath) return
  rmSync(profile, { force: true })
  writeFileSync(profile, formatPathProfile(imagePath), { mode: 0o644, flag: 'wx' })
}
