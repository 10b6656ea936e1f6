import type { DeletionReport } from '../../contract/agent/workspace.ts'
import type { Git } from './git-command.ts'

export type Reason = DeletionReport['reasons'][number]

interface Branch {
  name: string
  hasUpstream: boolean
}

/** What the working tree at `repository` has that no commit has. */
export async function worktreeReasons(git: Git, repository: string, signal: AbortSignal): Promise<Reason[]> {
  if ((await git(repository, ['rev-parse', '--is-inside-work-tree'], signal)).trim() !== 'true') return []
  const status = await git(repository, ['status', '--porcelain=v1', '-z', '--untracked-files=normal'], signal)
  const { uncommitted, untracked } = countStatus(status)
  const reasons: Reason[] = []
  if (uncommitted > 0) reasons.push({ kind: 'uncommitted', repository, count: uncommitted })
  if (untracked > 0) reasons.push({ kind: 'untracked', repository, count: untracked })
  const detached = await detachedCommits(git, repository, signal)
  if (detached > 0) reasons.push({ kind: 'unpushed', repository, count: detached })
  return reasons
}

/** What the branches and stashes of a repository have that no remote has. All worktrees of it share these. */
export async function branchReasons(git: Git, repository: string, signal: AbortSignal): Promise<Reason[]> {
  const format = '--format=%(refname)%00%(upstream)'
  const branches = parseBranches(await git(repository, ['for-each-ref', format, 'refs/heads/'], signal))
  const reasons: Reason[] = []
  for (const { name, hasUpstream } of branches) {
    const count = await countCommits(git, { repository, of: [`refs/heads/${name}`, '--not', '--remotes'], signal })
    const kind = hasUpstream ? 'unpushed' : 'no_upstream'
    if (count > 0) reasons.push({ kind, repository, branch: name, count })
  }
  const count = await countStashes(git, repository, signal)
  if (count > 0) reasons.push({ kind: 'stash', repository, count })
  return reasons
}

/** Entries of `git status --porcelain=v1 -z`. A rename is followed by a second name, which is no entry of its own. */
export function countStatus(text: string): { uncommitted: number; untracked: number } {
  const count = { uncommitted: 0, untracked: 0 }
  const entries = text.split('\0')
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index] ?? ''
    if (entry === '') continue
    if (entry.startsWith('??')) count.untracked += 1
    else count.uncommitted += 1
    if (/^[RC]|^.[RC]/.test(entry)) index += 1
  }
  return count
}

/** Lines of `refs/heads/<name>\0<upstream>`. */
export function parseBranches(text: string): Branch[] {
  return text.split('\n').flatMap((line) => {
    const [ref, upstream] = line.split('\0')
    return ref ? [{ name: ref.slice('refs/heads/'.length), hasUpstream: !!upstream }] : []
  })
}

/** Commits of a detached HEAD that neither a branch nor a remote has. */
async function detachedCommits(git: Git, repository: string, signal: AbortSignal): Promise<number> {
  const isDetached = await git(repository, ['rev-parse', '--symbolic-full-name', 'HEAD'], signal)
    .then((name) => name.trim() === 'HEAD')
    // A repository without commits has no HEAD to resolve.
    .catch(() => false)
  return isDetached ? countCommits(git, { repository, of: ['HEAD', '--not', '--remotes', '--branches'], signal }) : 0
}

/** `git stash list` wants a working tree; the reflog that it reads does not. */
async function countStashes(git: Git, repository: string, signal: AbortSignal): Promise<number> {
  const refs = await git(repository, ['for-each-ref', '--format=%(refname)', 'refs/stash'], signal)
  return refs.trim() === '' ? 0 : countCommits(git, { repository, of: ['--walk-reflogs', 'refs/stash'], signal })
}

async function countCommits(
  git: Git,
  { repository, of, signal }: { repository: string; of: string[]; signal: AbortSignal },
): Promise<number> {
  return Number(await git(repository, ['rev-list', '--count', ...of, '--'], signal))
}
