import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { digestOf } from './inputs.ts'

async function project(): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'berth-inputs-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await mkdir(path.join(root, 'src/deep'), { recursive: true })
  await writeFile(path.join(root, 'src/deep/a.ts'), 'one')
  return root
}

test('what was built is built again when a file of it changes, moves or appears', async () => {
  const root = await project()
  const seen = new Set([await digestOf(root, ['src'])])
  await writeFile(path.join(root, 'src/deep/a.ts'), 'two')
  seen.add(await digestOf(root, ['src']))
  await rename(path.join(root, 'src/deep/a.ts'), path.join(root, 'src/deep/b.ts'))
  seen.add(await digestOf(root, ['src']))
  await writeFile(path.join(root, 'src/c.ts'), '')
  seen.add(await digestOf(root, ['src']))
  expect(seen.size).toBe(4)
})

test('a test, and a file elsewhere, is no reason to build', async () => {
  const root = await project()
  const before = await digestOf(root, ['src', 'missing.json'])
  await writeFile(path.join(root, 'src/deep/a.test.ts'), 'test')
  await writeFile(path.join(root, 'elsewhere.ts'), 'x')
  expect(await digestOf(root, ['src', 'missing.json'])).toBe(before)
})
