import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
}

/** A program of this computer; its standard output. */
export async function runHere(command: string, ...parameters: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, parameters, { env: { ...process.env, ...IDENTITY } })
  return stdout.trim()
}

/** A bare repository with a branch `main` (README.md, a file of `bytes` that do not compress) and a branch `feature`. */
export async function makeRepository(folder: string, name: string, bytes: number): Promise<string> {
  const bare = path.join(folder, `${name}.git`)
  const work = path.join(folder, `${name}-work`)
  const git = (...parameters: string[]): Promise<string> => runHere('git', '-C', work, ...parameters)
  await runHere('git', 'init', '--quiet', '--initial-branch=main', work)
  await writeFile(path.join(work, 'README.md'), `This is ${name}.\n`)
  await writeFile(path.join(work, 'large.bin'), randomBytes(bytes))
  await git('add', '.')
  await git('commit', '--quiet', '-m', 'first')
  await git('checkout', '--quiet', '-b', 'feature')
  await writeFile(path.join(work, 'feature.txt'), 'A feature.\n')
  await git('add', '.')
  await git('commit', '--quiet', '-m', 'feature')
  await git('checkout', '--quiet', 'main')
  await runHere('git', 'clone', '--quiet', '--bare', work, bare)
  return bare
}
