import { runProgram } from '../exec/run-program.ts'
import { findProgram } from '../pty/shell.ts'

const OUTPUT_BYTES = 4 * 1_048_576

/** Git could not say what was asked; the message is its own first line. */
export class GitFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GitFailure'
  }
}

/** Runs git in a repository and returns its standard output. */
export type Git = (repository: string, args: string[], signal: AbortSignal) => Promise<string>

/**
 * Keeps a repository's own configuration from making a look at it reach the network, wait for a person, or run hooks,
 * monitors, pagers, external diffs and credential programs. Its filters (`filter.<name>.clean`) still run, as git needs
 * them to tell whether a file has changed: as the user, who can run them anyway.
 */
const HARMLESS = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['core.untrackedCache', 'false'],
  ['core.sshCommand', 'false'],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['diff.external', ''],
  ['maintenance.auto', 'false'],
  ['gc.auto', '0'],
  // Read only, as the user: whose folder it is makes no difference.
  ['safe.directory', '*'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** The git of this workspace, or nothing where it has none. Throws `GitFailure` from each call that does not work. */
export function findGit(env: Record<string, string>): Git | undefined {
  const file = findProgram('git', env, '/')
  if (file === undefined) return undefined
  const gitEnv: Record<string, string> = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' }
  for (const [name, value] of Object.entries(env)) {
    // GIT_DIR and its like would lead every call to one repository.
    if (!name.startsWith('GIT_')) gitEnv[name] = value
  }
  gitEnv['LC_ALL'] = 'C'
  return async (repository, args, signal) => {
    const command = ['git', '--no-pager', ...HARMLESS, '-C', repository, ...args]
    const end = await runProgram({ file, command, cwd: '/', env: gitEnv, streamBytes: OUTPUT_BYTES }, signal)
    if (end.kind === 'aborted') throw new GitFailure('git took too long')
    const { exitCode, stdout, stderr, truncated } = end.result
    if (exitCode !== 0) throw new GitFailure(firstLine(stderr, `git ended with ${exitCode}`))
    if (truncated) throw new GitFailure('git had more to say than is read')
    return stdout
  }
}

function firstLine(text: string, otherwise: string): string {
  const [line = ''] = text.split('\n')
  return line === '' ? otherwise : line.slice(0, 200)
}
