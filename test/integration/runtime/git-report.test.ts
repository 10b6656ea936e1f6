import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { gitReport } from '../../../src/runtime/git/git-report.ts'

let root: string
let home: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'berth-git-'))
  home = join(root, 'home')
  mkdirSync(home)
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: '/nonexistent' }
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    stdio: 'pipe',
  }).toString()

/** A clone of a repository outside the home folder, with one commit that both have. */
function clone(name: string): string {
  const origin = join(root, `${name}.git`)
  const folder = join(home, name)
  git(root, 'init', '-q', '--bare', '-b', 'main', origin)
  git(root, 'clone', '-q', origin, folder)
  git(folder, 'checkout', '-q', '-b', 'main')
  commit(folder, 'first')
  git(folder, 'push', '-q', '-u', 'origin', 'main')
  return folder
}

function commit(folder: string, text: string): void {
  writeFileSync(join(folder, 'file'), text)
  git(folder, 'add', 'file')
  git(folder, 'commit', '-q', '-m', text)
}

const reasons = async () => (await gitReport(home, env)).reasons

test('a home with nothing, and a clone that is pushed, are clean', async () => {
  expect(await gitReport(home, env)).toMatchObject({ clean: true, reasons: [] })
  clone('project')
  expect(await gitReport(home, env)).toMatchObject({ clean: true, reasons: [] })
})

test('files that are in no repository are work too; what tools keep for themselves is not', async () => {
  writeFileSync(join(home, '.bash_history'), 'ls')
  mkdirSync(join(home, '.config'))
  writeFileSync(join(home, '.config', 'settings'), 'x')
  mkdirSync(join(home, 'node_modules'))
  writeFileSync(join(home, 'node_modules', 'made'), 'x')
  clone('project')
  expect(await gitReport(home, env)).toMatchObject({ clean: true })
  mkdirSync(join(home, 'notes'))
  writeFileSync(join(home, 'notes', 'one'), 'x')
  writeFileSync(join(home, 'two'), 'x')
  expect(await gitReport(home, env)).toMatchObject({ clean: false, reasons: [{ kind: 'untracked', count: 2 }] })
})

test('each thing that would be lost is told with where and how many', async () => {
  const repository = clone('project')
  commit(repository, 'second')
  git(repository, 'checkout', '-q', '-b', 'topic/one')
  commit(repository, 'third')
  commit(repository, 'fourth')
  writeFileSync(join(repository, 'file'), 'stashed')
  git(repository, 'stash')
  writeFileSync(join(repository, 'file'), 'changed')
  writeFileSync(join(repository, 'new'), '')
  expect(await reasons()).toEqual([
    { kind: 'uncommitted', repository, count: 1 },
    { kind: 'untracked', repository, count: 1 },
    { kind: 'unpushed', repository, branch: 'main', count: 1 },
    { kind: 'no_upstream', repository, branch: 'topic/one', count: 3 },
    { kind: 'stash', repository, count: 1 },
  ])
})

test('a branch without an upstream whose commits are elsewhere loses nothing; commits on no branch do', async () => {
  const repository = clone('project')
  git(repository, 'branch', 'copy')
  expect(await reasons()).toEqual([])
  git(repository, 'checkout', '-q', '--detach')
  commit(repository, 'on no branch')
  expect(await reasons()).toEqual([{ kind: 'unpushed', repository, count: 1 }])
})

test('repositories of every kind are found: nested, bare, without commits, worktrees once for their branches', async () => {
  const outer = clone('outer')
  const nested = join(outer, 'deep/er/nested')
  mkdirSync(nested, { recursive: true })
  git(nested, 'init', '-q', '-b', 'main')
  commit(nested, 'only here')
  const bare = join(home, 'bare.git')
  git(home, 'clone', '-q', '--bare', nested, bare)
  git(bare, 'remote', 'remove', 'origin')
  git(nested, 'worktree', 'add', '-q', '-b', 'side', join(home, 'tree'))
  git(home, 'init', '-q', join(home, 'empty'))
  symlinkSync(outer, join(home, 'link'))
  const found = await reasons()
  expect(found.filter(({ kind }) => kind === 'no_upstream').map(({ branch, count }) => [branch, count])).toEqual([
    ['main', 1],
    ['main', 1],
    ['side', 1],
  ])
  expect(found.filter(({ kind }) => kind === 'untracked')).toEqual([{ kind: 'untracked', repository: outer, count: 1 }])
})

test('a repository that cannot be read is unknown', async () => {
  const repository = clone('project')
  writeFileSync(join(repository, '.git/HEAD'), 'nonsense')
  const report = await gitReport(home, env)
  expect(report.clean).toBe(false)
  expect(report.reasons).toMatchObject([{ kind: 'unknown', repository }])
})

test('a look runs nothing that a repository names', async () => {
  const repository = clone('project')
  const trap = join(root, 'trap')
  const spring = join(root, 'spring')
  writeFileSync(trap, `#!/bin/sh\ntouch ${spring}\ncat\n`, { mode: 0o755 })
  for (const key of [
    'core.fsmonitor',
    'core.pager',
    'core.sshCommand',
    'diff.external',
    'core.editor',
    'credential.helper',
  ]) {
    git(repository, 'config', key, trap)
  }
  git(repository, 'config', 'core.hooksPath', root)
  writeFileSync(join(root, 'post-index-change'), `#!/bin/sh\ntouch ${spring}\n`, { mode: 0o755 })
  writeFileSync(join(repository, 'file'), 'changed')
  expect(await reasons()).toEqual([{ kind: 'uncommitted', repository, count: 1 }])
  expect(() => execFileSync('test', ['-e', spring])).toThrow()
})
