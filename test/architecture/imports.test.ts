import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './source.ts'

const run = promisify(execFile)

/** Imports that must be refused: by whom, of what, under which rule. Each is of a type alone, which counts all the same. */
const FORBIDDEN = [
  ['the contract imports nothing of ours', 'src/contract/a.ts', 'src/domain/target.ts', 'not-in-allowed'],
  ['rules are pure', 'src/domain/b.ts', 'src/client/target.ts', 'not-in-allowed'],
  ['the runtime does not know the client', 'src/runtime/a.ts', 'src/client/target.ts', 'not-in-allowed'],
  ['terminals know nobody who holds them', 'src/terminals/a.ts', 'src/runtime/target.ts', 'not-in-allowed'],
  ['what asks Tailscale knows nobody who asks it', 'src/tailnet/a.ts', 'src/agent/target.ts', 'not-in-allowed'],
  [
    'what reaches an agent of this computer knows none',
    'src/local-agent/a.ts',
    'src/agent/target.ts',
    'not-in-allowed',
  ],
  ['the command line does not reach into the agent', 'src/cli/a.ts', 'src/agent/target.ts', 'not-in-allowed'],
  ['main knows no Docker, and so nothing of the agent', 'src/main/a.ts', 'src/agent/target.ts', 'not-in-allowed'],
  ['preload sees the desktop contract alone', 'src/preload/a.ts', 'src/contract/agent/target.ts', 'not-in-allowed'],
  [
    'features do not import each other',
    'src/renderer/features/a/a.ts',
    'src/renderer/features/b/target.ts',
    'not-in-allowed',
  ],
  [
    'what features share imports none of them',
    'src/renderer/ui/a.ts',
    'src/renderer/features/b/target.ts',
    'not-in-allowed',
  ],
  ['electron is for the shell', 'src/agent/electron.ts', 'electron', 'electron-in-the-shell-only'],
  ['Docker is for the engine', 'src/agent/workspaces/docker.ts', 'dockerode', 'docker-in-the-engine-only'],
  ['the domain runs in browsers too', 'src/domain/node.ts', 'node:fs', 'no-node-in-neutral-code'],
  ['the renderer is a page', 'src/renderer/ui/node.ts', 'node:fs', 'no-node-in-neutral-code'],
] as const

let folder: string
let found: { from: string; rule: string }[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-imports-'))
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json'])
    await cp(path.join(ROOT, name), path.join(folder, name))
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  for (const [, from, to] of FORBIDDEN) await writeImport(from, to)
  found = await cruise()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function writeImport(from: string, to: string): Promise<void> {
  await write(from, `import type { B } from '${specifierOf(from, to)}'\nexport type A = B\n`)
  if (to.startsWith('src/')) await write(to, 'export type B = 1\n')
}

function specifierOf(from: string, to: string): string {
  if (!to.startsWith('src/')) return to
  const relative = path.posix.relative(path.posix.dirname(from), to)
  return relative.startsWith('.') ? relative : `./${relative}`
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.join(folder, path.dirname(file)), { recursive: true })
  await writeFile(path.join(folder, file), text)
}

/** What our rules find wrong in the small project. */
async function cruise(): Promise<{ from: string; rule: string }[]> {
  const tool = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [tool, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--preserve-symlinks', 'src']
  // It ends with a number of violations for its exit code, and its report all the same.
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: unknown) => error as { stdout: string },
  )
  const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } }
  return summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }))
}

test.each(FORBIDDEN)('%s: %s does not import %s', (_promise, from, _to, rule) => {
  expect(found, `.dependency-cruiser.cjs lets it through`).toContainEqual({ from, rule })
})
