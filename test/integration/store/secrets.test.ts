import { chmod, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EnvironmentStore, environmentStore } from '../../../src/agent/credentials/environment-store.ts'
import { secretFile } from '../../../src/agent/credentials/secret-file.ts'
import { Secrets } from '../../../src/agent/credentials/secrets.ts'
import { storedSecrets } from '../../support/stored-secrets.ts'

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-secrets-'))
  file = path.join(folder, 'secrets.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the file of secrets', () => {
  it('keeps them for its owner alone, and is not there before there is one', async () => {
    const store = secretFile(file)
    expect(await store.load()).toEqual({})
    expect(await readdir(folder)).toEqual([])
    await store.apply({ 'env/A': 'x\n"•', 'env/B': '', 'env/__proto__': 'odd' })
    await store.apply({ 'env/B': null, 'env/C': '1' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await secretFile(file).load()).toEqual({ 'env/A': 'x\n"•', 'env/__proto__': 'odd', 'env/C': '1' })
  })

  it('is refused when others may read it, when it is a link, and when it is damaged', async () => {
    await secretFile(file).apply({ 'env/A': '1' })
    await chmod(file, 0o640)
    await expect(secretFile(file).load()).rejects.toMatchObject({ hint: expect.stringContaining('chmod 600') })
    await expect(secretFile(file).apply({ 'env/A': '2' })).rejects.toThrow('Others may read')
    await chmod(file, 0o600)
    await writeFile(file, '{"version":1,"secrets":{"env/A": sk-planted}}')
    const damaged = secretFile(file).load()
    await expect(damaged).rejects.toThrow('damaged')
    await expect(damaged).rejects.not.toThrow('sk-planted')
    await symlink(file, path.join(folder, 'link'))
    await expect(secretFile(path.join(folder, 'link')).load()).rejects.toThrow('Others may read')
  })

  it('leaves nothing beside it that an agent was writing when it was killed', async () => {
    await writeFile(`${file}.0123.tmp`, '{')
    await secretFile(file).load()
    expect(await readdir(folder)).toEqual([])
  })
})

describe('variables of workspaces', () => {
  const open = async (): Promise<EnvironmentStore> =>
    environmentStore(await Secrets.open(secretFile(file), () => () => undefined))

  it('are changed one by one, last, and go with their workspace', async () => {
    const environments = await open()
    await environments.change('ws-a', { A: '1', B: '2' })
    await environments.change('ws-b', { A: 'b' })
    await environments.change('ws-a', { A: null, C: '3' })
    expect((await open()).of('ws-a')).toEqual({ B: '2', C: '3' })
    await environments.remove('ws-a')
    expect(await storedSecrets(folder)).toEqual({ 'workspace/ws-b/A': 'b' })
    await environments.keepOnly((id) => id === 'ws-c')
    expect(await storedSecrets(folder)).toEqual({})
  })

  it('of workspaces that are being made are not taken for what others left', async () => {
    const environments = await open()
    await environments.change('ws-stranger', { A: '1' })
    const ids = Array.from({ length: 60 }, (_, at) => `ws-${at}`)
    const known = new Set<string>()
    let isSaving = true
    const sweeping = (async () => {
      while (isSaving) {
        await environments.keepOnly((id) => known.has(id))
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    for (const id of ids) known.add(id)
    await Promise.all(ids.map((id) => environments.change(id, { ID: id })))
    isSaving = false
    await sweeping
    const again = await open()
    for (const id of ids) expect(again.of(id)).toEqual({ ID: id })
    expect(again.of('ws-stranger')).toEqual({})
  })
})
