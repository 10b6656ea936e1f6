import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { waitingFile } from './waiting-file.ts'

const NAME = 'vault-waiting.json'
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-waiting-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const store = () => waitingFile(path.join(folder, NAME))

test.each(['read', 'write', 'remove'] as const)(
  'a %s removes what a crash has left, and nothing else',
  async (verb) => {
    await store().write({ a: 'before' })
    // As when the program ended between the two steps of a write.
    await writeFile(path.join(folder, `${NAME}.0123abcd.tmp`), 'a secret')
    await writeFile(path.join(folder, `${NAME}.mine.tmp`), 'somebody else’s')
    if (verb === 'read') expect(await store().read()).toEqual({ a: 'before' })
    else if (verb === 'write') await store().write({ a: 'after' })
    else await store().remove()
    const kept = verb === 'remove' ? [] : [NAME]
    expect((await readdir(folder)).toSorted()).toEqual([...kept, `${NAME}.mine.tmp`])
  },
)

test('there is none where nobody said yes, or where its folder is not there yet', async () => {
  expect(await store().read()).toBeUndefined()
  expect(await waitingFile(path.join(folder, 'later', NAME)).read()).toBeUndefined()
})
