import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SourceWatch, watchSources } from '../../../src/agent/credentials/files/watch-sources.ts'
import { watchedFolders } from '../../../src/agent/credentials/files/watched-folders.ts'

let home: string
let told: number
let watched: SourceWatch
const at = (...parts: string[]): string => path.join(home, ...parts)

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'berth-sources-'))
  await mkdir(at('config'))
  told = 0
})
afterEach(async () => {
  await watched[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

const places = () => ({ home, configDir: at('config') })
/** Settles when they are watched. */
async function follow(...sources: string[]): Promise<void> {
  watched = watchSources({
    places: places(),
    changed: async () => {
      told += 1
    },
    failed: (error) => {
      throw error
    },
    restMs: 0,
  })
  await watched.follow(sources)
}
const tells = async (change: () => Promise<unknown>): Promise<void> => {
  const before = told
  await change()
  await expect.poll(() => told, { timeout: 10_000 }).toBeGreaterThan(before)
}

describe('a source', () => {
  it('that is replaced by another file of its name, as a tool does that refreshes a login, is told', async () => {
    await writeFile(at('login.json'), 'old')
    await follow('~/login.json')
    await tells(async () => {
      await writeFile(at('login.json.tmp'), 'new')
      await rename(at('login.json.tmp'), at('login.json'))
    })
  })

  it('that is a link is told when what it leads to changes', async () => {
    await mkdir(at('store'))
    await writeFile(at('store', 'key'), 'old')
    await symlink(at('store', 'key'), at('key'))
    await follow('~/key')
    await tells(() => writeFile(at('store', 'key'), 'new'))
  })

  it('that is a folder is told whatever changes in it, also in a folder that was made since', async () => {
    await mkdir(at('tool', 'deep'), { recursive: true })
    await follow('~/tool')
    await tells(() => writeFile(at('tool', 'deep', 'token'), 'new'))
    await tells(() => mkdir(at('tool', 'deep', 'er')))
    await tells(() => writeFile(at('tool', 'deep', 'er', 'token'), 'new'))
  })

  it('that is not there yet is told when it comes, however far the way to it', async () => {
    await follow('~/not/there/yet')
    await tells(() => mkdir(at('not', 'there'), { recursive: true }))
    await tells(() => writeFile(at('not', 'there', 'yet'), 'here'))
  })
})

it('nothing is watched but what is named', async () => {
  watched = watchSources({ places: places(), changed: async () => undefined, failed: () => undefined })
  await mkdir(at('tool', 'deep'), { recursive: true })
  await writeFile(at('login.json'), '')
  const folders = await watchedFolders(['~/login.json', '~/tool', 'relative', at('config')], places())
  expect([...folders]).toEqual([
    [home, new Set(['login.json', 'tool', 'config'])],
    [at('tool'), 'all'],
    [at('tool', 'deep'), 'all'],
  ])
})
