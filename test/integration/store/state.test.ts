import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../../src/agent/config/config-file.ts'
import type { WorkspaceRecord } from '../../../src/agent/store/records.ts'
import { agentIdOf, loadSecret, runtimeTokenOf } from '../../../src/agent/store/secret.ts'
import { loadState } from '../../../src/agent/store/state-file.ts'
import { StateStore } from '../../../src/agent/store/state-store.ts'

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-store-'))
  file = path.join(folder, 'state.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const record = (name: string): WorkspaceRecord => ({
  id: 'ws-abcdefghijkl',
  name,
  intent: 'keep',
  status: 'stopped',
  containerId: 'abc',
  created: '2026-01-01T00:00:00.000Z',
  ports: { ssh: 2223 },
  type: 'persistent',
  template: 'base',
  resources: { cpus: 1, memoryBytes: 1_000_000_000, pids: 100 },
  wasStarted: true,
  wasMade: true,
})

async function open(): Promise<StateStore> {
  return new StateStore(file, (await loadState(file)).state)
}

describe('state.json', () => {
  it('comes back as it was written, readable by its owner alone', async () => {
    const store = await open()
    await store.put(record('alpha'))
    expect((await open()).get('alpha')).toEqual(record('alpha'))
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 1 })
  })

  it('takes a thousand changes at once in order, and is whole at every moment', async () => {
    const store = await open()
    const puts: Promise<void>[] = []
    for (let at = 0; at < 1000; at += 1) {
      puts.push(store.put({ ...record(`w${at % 50}`), title: String(at) }))
      if (at % 100 === 0) await new Promise(setImmediate)
    }
    const reading = (async () => {
      for (let count = 0; count < 50; count += 1) JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))
    })()
    await Promise.all([...puts, reading])
    const names = (await open()).all()
    expect(names).toHaveLength(50)
    expect(names.map(({ title }) => Number(title)).every((title) => title >= 950)).toBe(true)
    expect((await readdir(folder)).sort()).toEqual(['state.json', 'state.json.bak'])
  })

  it('gives way to the one before when it is torn, and keeps the torn one', async () => {
    const store = await open()
    await store.put(record('alpha'))
    await store.put(record('beta'))
    await writeFile(file, '{"version":1,"workspaces":{"al')
    const { state, warning } = await loadState(file)
    expect(Object.keys(state.workspaces)).toEqual(['alpha'])
    expect(warning).toBeTruthy()
    expect(await readdir(folder)).toContain('state.json.torn')
    expect((await loadState(file)).warning).toBeUndefined()
  })

  it('is refused when a newer version wrote it, and when nothing of it can be read', async () => {
    await writeFile(file, '{"version":2,"workspaces":{}}')
    await expect(loadState(file)).rejects.toMatchObject({
      name: 'StateUnreadable',
      hint: expect.stringContaining('Update'),
    })
    await writeFile(file, 'nonsense')
    await expect(loadState(file)).rejects.toMatchObject({ name: 'StateUnreadable' })
  })

  it('keeps keys that it does not know', async () => {
    const text = { version: 1, workspaces: { alpha: { ...record('alpha'), later: 1 } }, later: { a: 1 } }
    await writeFile(file, JSON.stringify(text))
    await (await open()).put(record('beta'))
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      later: { a: 1 },
      workspaces: { alpha: { later: 1 } },
    })
  })
})

describe('config.json', () => {
  it('is made at the first run, with a start script that does nothing yet', async () => {
    const { config, isNew } = await loadConfig(folder)
    expect(isNew).toBe(true)
    expect(config).toMatchObject({ port: 7391, ports: { ssh: [2223, 2250], http: [22_080, 22_179] } })
    const script = await readFile(path.join(folder, 'scripts/post-start.sh'), 'utf8')
    expect(script.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([])
    expect((await loadConfig(folder)).isNew).toBe(false)
  })

  it('is taken as the seed has it, and left as it was written', async () => {
    const text = JSON.stringify({
      port: 7400,
      credentials: { env: { GITHUB_TOKEN: 'x' }, files: { '~/.gitconfig': '~/.gitconfig' } },
      scripts: { post_start: '~/start.sh' },
      mine: [1],
    })
    await writeFile(path.join(folder, 'config.json'), text)
    expect((await loadConfig(folder)).config).toMatchObject({
      port: 7400,
      credentials: { env: { GITHUB_TOKEN: 'x' } },
      mine: [1],
    })
    expect(await readFile(path.join(folder, 'config.json'), 'utf8')).toBe(text)
  })

  it.each([
    ['{\n', 'line 2: a closing brace is expected'],
    ['{"port":"many"}', 'port'],
    ['{"ports":{"ssh":[5,1]}}', 'ports.ssh'],
    ['{"credentials":{"env":{"A":1}}}', 'credentials.env.A'],
    ['[]', 'the whole file'],
  ])('is refused with file, key and reason: %s', async (text, words) => {
    await writeFile(path.join(folder, 'config.json'), text)
    const refusal = loadConfig(folder)
    await expect(refusal).rejects.toMatchObject({ name: 'ConfigInvalid', message: expect.stringContaining(words) })
    await expect(refusal).rejects.toMatchObject({
      message: expect.stringContaining('config.json'),
      hint: expect.any(String),
    })
  })
})

describe('secrets', () => {
  it('are made once, for the owner alone, and say who the agent is', async () => {
    const secretFile = path.join(folder, 'secret')
    const secret = await loadSecret(secretFile)
    expect(secret).toHaveLength(32)
    expect(await loadSecret(secretFile)).toEqual(secret)
    expect((await stat(secretFile)).mode & 0o777).toBe(0o600)
    expect(agentIdOf(secret)).toMatch(/^[0-9a-f]{16}$/)
    expect(runtimeTokenOf(secret, 'ws-a')).not.toBe(runtimeTokenOf(secret, 'ws-b'))
    await writeFile(secretFile, 'short')
    await expect(loadSecret(secretFile)).rejects.toMatchObject({ hint: expect.any(String) })
  })
})
