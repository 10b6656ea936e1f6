import { mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WorkerStore } from './worker-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'berth-workers-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})
const store = () => new WorkerStore(path.join(folder, 'workers.json'), pino({ enabled: false }))

it('is not replaced where it could not be read', async () => {
  const file = path.join(folder, 'workers.json')
  // As good as a disk that fails: what is there cannot be read as a file.
  await mkdir(file)
  const workers = store()
  await expect(workers.read()).rejects.toThrow()
  await rmdir(file)
  await writeFile(file, '{"version":1,"workers":[]}')
  await expect(workers.write([])).rejects.toThrow('left as it is')
})

it('keeps entries that a newer Berth has written, and puts a file aside that is no list', async () => {
  const file = path.join(folder, 'workers.json')
  await writeFile(file, '{"version":1,"workers":[{"of":"tomorrow"}]}')
  const workers = store()
  expect(await workers.read()).toEqual([])
  await workers.write([])
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ version: 1, workers: [{ of: 'tomorrow' }] })

  await writeFile(file, '{"version":1,"wor')
  expect(await store().read()).toEqual([])
  expect(await readFile(`${file}.unread`, 'utf8')).toBe('{"version":1,"wor')
})
