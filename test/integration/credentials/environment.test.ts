import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkerSettingsPatch } from '../../../src/contract/agent/config.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, run, until } from '../../support/core.ts'
import { storedSecrets } from '../../support/stored-secrets.ts'

const name = uniqueName('env')
let fixture: CoreFixture
beforeAll(async () => {
  fixture = await CoreFixture.start({
    config: { mine: [1], credentials: { env: { BY_HAND: 'from the file', BOTH: 'of the worker' } } },
  })
  await fixture.core.workspaces.create({ name, env: { BOTH: 'of the workspace' } })
})
afterAll(() => fixture[Symbol.asyncDispose]())

const configFile = (): string => path.join(fixture.configDir, 'config.json')
const readConfig = async (): Promise<unknown> => JSON.parse(await readFile(configFile(), 'utf8'))
const variable = async (key: string): Promise<string> =>
  (await run(fixture.core, name, 'sh', '-c', `printf %s "\${${key}-unset}"`)).trim()
/** What lies there for programs that the runtime does not start. */
const fileSays = (key: string): Promise<string> =>
  run(fixture.core, name, 'sh', '-c', `unset ${key}; . /run/berth/env; printf %s "\${${key}-unset}"`)

describe('variables of the worker', () => {
  it('reach workspaces, whose own go before them', async () => {
    expect(await variable('BY_HAND')).toBe('from the file')
    expect(await variable('BOTH')).toBe('of the workspace')
  })

  it('are shown masked, with where they are written, and revealed by name alone', async () => {
    const { configuration, workspaces } = fixture.core
    expect(await configuration.credentials()).toMatchObject({
      env: { BY_HAND: '••••••••', BOTH: '••••••••' },
      origins: { BY_HAND: 'config', BOTH: 'config' },
      store: { kind: 'file', state: 'ready' },
    })
    expect(configuration.revealCredential('BY_HAND')).toBe('from the file')
    expect(() => configuration.revealCredential('toString')).toThrow('There is no variable toString.')
    expect(workspaces.environment(name)).toEqual({ BOTH: '••••••••pace' })
    expect(workspaces.revealVariable(name, 'BOTH')).toBe('of the workspace')
  })

  it('that are set reach new programs of a running workspace, and lie in the store, not in the file', async () => {
    const { configuration } = fixture.core
    await configuration.updateCredentials({ env: { ADDED: "it's\nnew", BY_HAND: 'set over it: 0123456789' } })
    await expect.poll(() => variable('ADDED')).toBe("it's\nnew")
    expect(await fileSays('ADDED')).toBe("it's\nnew")
    expect(await run(fixture.core, name, 'stat', '-L', '-c', '%a %U', '/run/berth/env')).toBe('600 workspace\n')
    expect(await variable('BY_HAND')).toBe('set over it: 0123456789')
    const { env, origins } = await configuration.credentials()
    expect(env['BY_HAND']).toBe('••••••••6789')
    expect(origins).toEqual({ BY_HAND: 'store', ADDED: 'store', BOTH: 'config' })
    expect(await storedSecrets(fixture.configDir)).toMatchObject({ 'env/ADDED': "it's\nnew" })
    expect(await readConfig()).toMatchObject({ mine: [1], credentials: { env: { BOTH: 'of the worker' } } })
    expect(await readFile(configFile(), 'utf8')).not.toContain('BY_HAND')
  })

  it('that are deleted are gone from new programs', async () => {
    await fixture.core.configuration.updateCredentials({ env: { ADDED: null } })
    await expect.poll(() => variable('ADDED')).toBe('unset')
    expect(await fileSays('ADDED')).toBe('unset')
  })

  it('are counted: more than a workspace can have are refused, and nothing is changed', async () => {
    const many = Object.fromEntries(Array.from({ length: 255 }, (_, at) => [`N${at}`, 'x']))
    const refusal = fixture.core.configuration.updateCredentials({ env: { ...many, N255: 'x' } })
    await expect(refusal).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect((await fixture.core.configuration.credentials()).env['N0']).toBeUndefined()
  })
})

describe('variables of one workspace', () => {
  it('that change reach its new programs, and outlive the agent', async () => {
    const { workspaces } = fixture.core
    await workspaces.changeEnvironment(name, { OWN: 'mine', BOTH: null })
    await expect.poll(() => variable('OWN')).toBe('mine')
    expect(await variable('BOTH')).toBe('of the worker')
    const core = await fixture.restartCore()
    expect(core.workspaces.environment(name)).toEqual({ OWN: '••••••••' })
    await expect(core.workspaces.changeEnvironment('nobody', { A: '1' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('and of the worker that changed while the agent was away reach it when it is back', async () => {
    await fixture.stopCore()
    const config = { ...Object(await readConfig()), credentials: { env: { AWAY: 'seen' } } }
    await writeFile(configFile(), JSON.stringify(config))
    const core = await fixture.startCore()
    await until(core, () => core.workspaces.get(name).runtime?.status === 'ready')
    await expect.poll(() => variable('AWAY')).toBe('seen')
  })
})

describe('config.json edited by hand while the agent runs', () => {
  it('comes into force, also when an editor puts another file in its place', async () => {
    const config = { mine: [1], credentials: { env: { AWAY: 'seen', EDITED: 'first' } } }
    await writeFile(configFile(), JSON.stringify(config))
    await expect.poll(() => variable('EDITED')).toBe('first')
    await writeFile(`${configFile()}.swp`, JSON.stringify({ ...config, credentials: { env: { EDITED: 'second' } } }))
    await rename(`${configFile()}.swp`, configFile())
    await expect.poll(() => variable('EDITED')).toBe('second')
    expect(await variable('AWAY')).toBe('unset')
  })

  it('does not while it is broken: that is said with line and reason, and over when it is mended', async () => {
    const { core } = fixture
    const whole = await readFile(configFile(), 'utf8')
    await writeFile(configFile(), '{\n  "credentials": {\n    "env": { "EDITED": "planted-by-hand }\n')
    await until(core, () => core.diagnostics().length > 0)
    const [diagnostic] = core.diagnostics()
    expect(diagnostic).toMatchObject({ code: 'config_invalid', severity: 'warning' })
    expect(diagnostic?.message).toContain('line 3: a text has no end')
    expect(diagnostic?.message).not.toContain('planted-by-hand')
    expect(await variable('EDITED')).toBe('second')
    const refusal = core.configuration.updateScripts({ post_start: '~/start.sh' })
    await expect(refusal).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('line 3') })
    await writeFile(configFile(), whole)
    await expect.poll(() => core.diagnostics()).toEqual([])
    await core.configuration.updateScripts({ post_start: '~/start.sh' })
    expect(await readConfig()).toMatchObject({ scripts: { post_start: '~/start.sh' } })
  })

  it('changes pools at once, and says what waits for the next start', async () => {
    const { configuration, workspaces } = fixture.core
    const ports = { ssh: [13_990, 13_991] } satisfies WorkerSettingsPatch['ports']
    const settings = await configuration.updateSettings({ port: 7400, ports, idleStopSeconds: 600 })
    expect(settings).toMatchObject({ port: 7400, ports, idleStopSeconds: 600, afterRestart: ['port'] })
    const second = await workspaces.create({ name: uniqueName('pool') })
    expect([13_990, 13_991]).toContain(second.ports['ssh'])
    expect(await configuration.updateSettings({ port: null })).toMatchObject({ port: 7391, afterRestart: [] })
  })
})
