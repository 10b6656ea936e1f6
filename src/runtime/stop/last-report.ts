import { join } from 'node:path'
import type { DeletionReport } from '../../contract/agent/workspace.ts'
import { ensureAccount } from '../boot/account-files.ts'
import { becomeUser } from '../boot/become-user.ts'
import { prepareHome } from '../boot/home.ts'
import { gitReport } from '../git/git-report.ts'
import { userEnvironment } from '../pty/shell.ts'

/**
 * What deleting this workspace would lose, found out by a program that is not the runtime: that has ended. Needs root,
 * and gives it up for good before it looks at anything of the user's.
 */
export async function lastReport(user: string | undefined): Promise<DeletionReport> {
  const chosen = ensureAccount(user)
  if (chosen.uid === 0) throw new Error(`The user "${chosen.name}" is root.`)
  const account = prepareHome(chosen)
  becomeUser(account)
  const workFolder = join(account.home, 'workspace')
  const env = userEnvironment({ image: process.env, workspace: {}, account, workspaceId: '', workFolder })
  return await gitReport(account.home, env)
}
