import { resolve } from 'node:path'
import type { DeletionReport } from '../../contract/agent/workspace.ts'
import { findRepositories } from './find-repositories.ts'
import { findGit, type Git, GitFailure } from './git-command.ts'
import { branchReasons, type Reason, worktreeReasons } from './repository-report.ts'

/** All of a report; what has not been looked at by then is `unknown`. */
const REPORT_TIMEOUT_MS = 20_000
const MAX_REASONS = 1000

/**
 * What deleting the home folder would lose that exists nowhere else. `clean` only where everything was looked at and
 * nothing was found; what cannot be read, or takes too long, is `unknown`.
 */
export async function gitReport(home: string, env: Record<string, string>): Promise<DeletionReport> {
  const signal = AbortSignal.timeout(REPORT_TIMEOUT_MS)
  const found = await findRepositories(home, signal)
  const git = findGit(env)
  const reasons: Reason[] = []
  if (found.incomplete !== undefined) reasons.push(unknown(`Not everything was looked at: ${found.incomplete}.`))
  if (found.looseFiles > 0) reasons.push({ kind: 'untracked', count: found.looseFiles })
  const seen = new Set<string>()
  for (const repository of found.paths) {
    if (git === undefined) reasons.push(unknown('There is no git here to read it with.', repository))
    else reasons.push(...(await reportOn({ git, repository, seen, signal })))
  }
  return { clean: reasons.length === 0, checkedAt: new Date().toISOString(), reasons: reasons.slice(0, MAX_REASONS) }
}

async function reportOn(options: {
  git: Git
  repository: string
  /** Folders that hold the branches of several worktrees: each is reported once. */
  seen: Set<string>
  signal: AbortSignal
}): Promise<Reason[]> {
  const { git, repository, seen, signal } = options
  try {
    const reasons = await worktreeReasons(git, repository, signal)
    const common = resolve(repository, (await git(repository, ['rev-parse', '--git-common-dir'], signal)).trim())
    if (seen.has(common)) return reasons
    seen.add(common)
    return [...reasons, ...(await branchReasons(git, repository, signal))]
  } catch (error) {
    if (error instanceof GitFailure) return [unknown(`It could not be read: ${error.message}.`, repository)]
    throw error
  }
}

function unknown(message: string, repository?: string): Reason {
  return { kind: 'unknown', message: message.slice(0, 300), ...(repository !== undefined && { repository }) }
}
