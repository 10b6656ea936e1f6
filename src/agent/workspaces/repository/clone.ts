import { repositoryFolder } from '../../../domain/repository-address.ts'
import { AgentError } from '../../agent-error.ts'
import type { Progress } from '../../engine/engine.ts'
import { RuntimeRefused } from '../../runtime/runtime-http.ts'
import { askInside, type Inside, runInside } from '../run-inside.ts'
import { StepFailed } from '../step-failed.ts'
import { cloneFailure } from './clone-failure.ts'
import { LineSplitter, parseGitProgress } from './git-progress.ts'

export interface CloneRequest {
  address: string
  /** Default: the branch that the repository names. */
  branch: string | undefined
  /** A branch to make from there. */
  newBranch: string | undefined
  onProgress: (progress: Progress) => void
  /** Told of each line that is no progress. */
  onLine: (line: string) => void
}

/** Of what git says this much is looked at when it fails. */
const KEPT_CHARACTERS = 16_384

/**
 * Nothing is asked of anybody, and nothing but HTTPS and SSH is spoken, whatever the workspace's own configuration
 * rewrites addresses to. Messages are English: they are told apart by their words.
 */
const GIT_ENVIRONMENT = { GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'https:ssh', LC_ALL: 'C' }

/**
 * For this clone alone. A host that is not known yet is trusted and remembered, one whose key has changed is not. A
 * connection that brings nothing for a minute is over. `GIT_SSH_COMMAND` of the workspace goes before this.
 */
const GIT_OPTIONS = [
  'core.sshCommand=ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4',
  'http.lowSpeedLimit=1',
  'http.lowSpeedTime=60',
].flatMap((option) => ['-c', option])

/**
 * Clones into a folder of the repository's name in the work folder, and resolves with the branch that it is on. What
 * comes lies in a folder of its own until it is whole: a half-made clone is begun anew, a repository that is there
 * already is left as it is, and nothing else is ever written over. Throws `StepFailed`, or what the runtime throws.
 */
export async function cloneRepository(inside: Inside, request: CloneRequest): Promise<{ branch: string | undefined }> {
  const name = repositoryFolder(request.address)
  // From the work folder, where programs begin that are not told where.
  const folder = `./${name}`
  const draft = `./.${name}.cloning`
  try {
    if (!(await isRepository(inside, folder))) {
      await refuseUnlessEmpty(inside, folder)
      await succeed(inside, ['rm', '-rf', '--', draft])
      await clone(inside, request, draft)
      if (request.newBranch !== undefined) await makeBranch(inside, draft, request.newBranch)
      // One rename: the folder is not there, or whole.
      await succeed(inside, ['mv', '-T', '--', draft, folder])
    }
    return { branch: await branchOf(inside, folder) }
  } catch (error) {
    throw asMissingProgram(error)
  }
}

async function clone(inside: Inside, request: CloneRequest, draft: string): Promise<void> {
  const { address, branch, onProgress, onLine } = request
  const chosen = branch === undefined ? [] : ['--branch', branch]
  const command = ['git', ...GIT_OPTIONS, 'clone', '--progress', ...chosen, '--', address, draft]
  const lines = new LineSplitter()
  let said = ''
  const take = (line: string): void => {
    const progress = parseGitProgress(line)
    if (progress !== undefined) onProgress(progress)
    if (progress !== undefined || line.trim() === '') return
    said = `${said}${line}\n`.slice(-KEPT_CHARACTERS)
    onLine(line)
  }
  const end = await runInside(inside, { command, env: GIT_ENVIRONMENT }, (_stream, text) => {
    for (const line of lines.push(text)) take(line)
  })
  for (const line of lines.end()) take(line)
  if (end.kind === 'exited' && end.exitCode === 0) return
  throw cloneFailure({ said, address, branch })
}

async function makeBranch(inside: Inside, repository: string, name: string): Promise<void> {
  const reference = `refs/remotes/origin/${name}`
  const there = await git(inside, ['-C', repository, 'show-ref', '--verify', '--quiet', reference])
  const isSame = (await branchOf(inside, repository)) === name
  if (there.exitCode === 0 || isSame) {
    throw new StepFailed(
      'branch_exists',
      `The repository has a branch ${name} already.`,
      'Create the workspace again with it as the branch, or with another name for the new one.',
    )
  }
  await succeed(inside, ['git', '-C', repository, 'checkout', '--quiet', '-b', name])
}

/** Undefined where it is on a tag or a commit. */
async function branchOf(inside: Inside, repository: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git(inside, ['-C', repository, 'symbolic-ref', '--quiet', '--short', 'HEAD'])
  return exitCode === 0 ? stdout.trim() : undefined
}

async function isRepository(inside: Inside, folder: string): Promise<boolean> {
  const { exitCode } = await git(inside, [`--git-dir=${folder}/.git`, 'rev-parse', '--git-dir'])
  return exitCode === 0
}

async function refuseUnlessEmpty(inside: Inside, folder: string): Promise<void> {
  const { stdout } = await ask(inside, ['ls', '-A', '--', folder])
  if (stdout === '') return
  throw new StepFailed(
    'folder_in_use',
    `The folder ${folder.slice(2)} holds files and is no repository.`,
    'Move them away in a terminal of this workspace, then try the step again.',
  )
}

function git(inside: Inside, args: string[]): ReturnType<typeof askInside> {
  return ask(inside, ['git', ...args])
}

function ask(inside: Inside, command: string[]): ReturnType<typeof askInside> {
  return askInside(inside, { command, env: GIT_ENVIRONMENT })
}

async function succeed(inside: Inside, command: string[]): Promise<void> {
  const { exitCode, stderr } = await ask(inside, command)
  if (exitCode === 0) return
  if (/No space left|quota exceeded/i.test(stderr)) throw cloneFailure({ said: stderr, address: '', branch: undefined })
  throw new AgentError('ENGINE_ERROR', `${command[0] ?? ''} failed in the workspace: ${stderr.trim().slice(0, 300)}`, {
    hint: 'Put it right in a terminal of this workspace, then try the step again.',
  })
}

function asMissingProgram(error: unknown): unknown {
  if (!(error instanceof RuntimeRefused) || !error.message.includes('no program "git"')) return error
  return new StepFailed(
    'program_missing',
    'The image of this workspace has no git.',
    'Install it in a terminal of this workspace and try the step again, or choose a template that has it.',
  )
}
