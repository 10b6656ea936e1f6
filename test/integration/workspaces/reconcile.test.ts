import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { containerName } from '../../../src/domain/engine-names.ts'
import { CoreFixture, run, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { leftOvers } from '../../support/engine.ts'
import { EngineProxy } from '../../support/engine-proxy.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(): Promise<CoreFixture> {
  const fixture = await CoreFixture.start()
  closing.push(() => fixture[Symbol.asyncDispose]())
  return fixture
}

describe('an agent that starts', () => {
  it('adopts what is its own when its list was lost, with its ports and limits', async () => {
    const fixture = await start()
    const made = await fixture.core.workspaces.create({ name: 'lost', resources: { cpus: 0.5 } })
    await fixture.core.workspaces.create({ name: 'bare' })
    await fixture.stopCore()
    await docker('rm', '-f', 'workspace-bare')
    for (const file of ['state.json', 'state.json.bak']) await rm(path.join(fixture.configDir, file), { force: true })
    const core = await fixture.startCore()
    await until(core, () => core.engine.state.status === 'ready')
    expect(core.workspaces.get('lost')).toMatchObject({
      id: made.id,
      status: 'running',
      ports: made.ports,
      resources: { cpus: 0.5 },
    })
    expect(core.workspaces.get('bare')).toMatchObject({ status: 'error', failure: { hint: expect.any(String) } })
    expect((await run(core, 'lost', 'hostname')).trim()).toBe('lost')
    expect((await core.workspaces.start('bare')).ports).toMatchObject({
      ssh: expect.any(Number),
      http: expect.any(Number),
    })
    await core.workspaces.delete('lost', { force: true })
    await core.workspaces.delete('bare', { force: true })
  })

  it('goes on with the list before when the last one was torn, and says so', async () => {
    const fixture = await start()
    await fixture.core.workspaces.create({ name: 'kept' })
    await fixture.core.workspaces.stop('kept')
    await fixture.stopCore()
    const file = path.join(fixture.configDir, 'state.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.slice(0, text.length / 2))
    const core = await fixture.startCore()
    expect(core.diagnostics()).toContainEqual(expect.objectContaining({ code: 'state_restored' }))
    await until(core, () => core.engine.state.status === 'ready')
    expect(core.workspaces.get('kept').status).toBe('stopped')
    expect(await readFile(`${file}.torn`, 'utf8')).toBe(text.slice(0, text.length / 2))
  })

  it('sees what was done while no agent looked', async () => {
    const fixture = await start()
    for (const name of ['halted', 'gone']) await fixture.core.workspaces.create({ name })
    await fixture.stopCore()
    await docker('stop', '-t', '0', 'workspace-halted')
    await docker('rm', '-f', 'workspace-gone')
    const core = await fixture.startCore()
    await until(
      core,
      () => core.workspaces.get('halted').status === 'stopped' && core.workspaces.get('gone').status === 'error',
    )
    // Nobody looked into it when it was stopped.
    expect(await core.workspaces.deletionReport('halted')).toMatchObject({
      clean: false,
      reasons: [{ kind: 'unknown' }],
    })
  })
})

describe('a container that somebody else changes', () => {
  it('is known with its new limits, seen or not, and works under another name until it is deleted whole', async () => {
    const fixture = await start()
    const { core } = fixture
    await core.workspaces.create({ name: 'altered', resources: { cpus: 1 } })
    await docker('update', '--cpus', '0.5', 'workspace-altered')
    await until(core, () => core.workspaces.get('altered').resources.cpus === 0.5)
    await fixture.stopCore()
    await docker('update', '--pids-limit', '300', 'workspace-altered')
    await docker('rename', 'workspace-altered', `${fixture.agentId}-other`)
    const next = await fixture.startCore()
    await until(next, () => next.workspaces.get('altered').resources.pids === 300)
    expect((await run(next, 'altered', 'hostname')).trim()).toBe('altered')
    await next.workspaces.delete('altered', { force: true })
    await fixture.stopCore()
    expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
  })

  it('has run since its report: that one counts no more', async () => {
    const fixture = await start()
    await fixture.core.workspaces.create({ name: 'secret-work' })
    await fixture.core.workspaces.stop('secret-work')
    expect(await fixture.core.workspaces.deletionReport('secret-work')).toMatchObject({ clean: true })
    await fixture.stopCore()
    await docker('start', 'workspace-secret-work')
    await docker('exec', 'workspace-secret-work', 'sh', '-c', 'echo work >/home/workspace/file')
    await docker('stop', '-t', '0', 'workspace-secret-work')
    const next = await fixture.startCore()
    const refusal = next.workspaces.delete('secret-work', { force: false })
    await expect(refusal).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' })
    expect(await next.workspaces.deletionReport('secret-work')).toMatchObject({ reasons: [{ kind: 'unknown' }] })
  })
})

describe('a container that ends while its workspace is being made', () => {
  it.each([
    ['is killed', 'kill'],
    ['is removed', 'rm'],
  ])('and %s is known to have: going on makes it whole', async (_how, verb) => {
    const { core } = await start()
    const creation = core.workspaces.create({ name: 'struck', startScript: 'touch ~/begun; sleep 600' })
    await until(core, () =>
      (core.workspaces.list()[0]?.steps ?? []).some(({ name, state }) => name === 'post_start' && state === 'running'),
    )
    await docker(
      'exec',
      containerName('struck'),
      'sh',
      '-c',
      'until test -e /home/workspace/begun; do sleep 0.05; done',
    )
    await docker(verb, ...(verb === 'rm' ? ['-f'] : []), containerName('struck'))
    expect(await creation).toMatchObject({ status: 'error', failure: { step: 'post_start' } })
    await core.workspaces.update({ name: 'struck', startScript: 'touch ~/whole' })
    expect(await core.workspaces.retry('struck')).toMatchObject({ status: 'running' })
    expect(await run(core, 'struck', 'sh', '-c', 'ls ~/begun ~/whole')).toContain('whole')
  })
})

describe('an event of the engine that comes while a workspace is worked on', () => {
  it('is made up for when that work has ended', async () => {
    const proxy = await EngineProxy.start()
    closing.push(() => proxy[Symbol.asyncDispose]())
    const fixture = await CoreFixture.start({ environment: proxy.environment })
    closing.push(() => fixture[Symbol.asyncDispose]())
    const { core } = fixture
    const { containerId } = await core.workspaces.create({ name: 'busy' })
    // Its limits are being changed, and that takes as long as we want.
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const isChanging = new Promise<void>((resolve) => {
      proxy.watcher = ({ path: at, moment }) => {
        if (moment !== 'after' || !at.includes('/update')) return undefined
        resolve()
        return held
      }
    })
    const change = core.workspaces.update({ name: 'busy', resources: { cpus: 1 } })
    await isChanging
    await docker('rm', '-f', containerId)
    await expect.poll(() => docker('ps', '-aq', '--filter', `id=${containerId}`)).toBe('')
    goOn()
    await change
    await until(core, () => core.workspaces.get('busy').status === 'error')
    expect(core.workspaces.get('busy').failure).toMatchObject({
      step: 'run',
      message: expect.stringContaining('removed'),
    })
    expect(await core.workspaces.start('busy')).toMatchObject({ status: 'running' })
  })
})

describe('one workspace', () => {
  it('whose template is gone runs on, and keeps nothing from the others', async () => {
    const fixture = await start()
    for (const name of ['kept', 'odd']) await fixture.core.workspaces.create({ name })
    await fixture.stopCore()
    const file = path.join(fixture.configDir, 'state.json')
    const state = JSON.parse(await readFile(file, 'utf8'))
    state.workspaces.odd.template = 'gone'
    await writeFile(file, JSON.stringify(state))
    const core = await fixture.startCore()
    await until(core, () => core.engine.state.status === 'ready')
    for (const name of ['kept', 'odd']) expect((await run(core, name, 'hostname')).trim()).toBe(name)
    await core.workspaces.restart('odd')
    expect((await run(core, 'odd', 'id', '-un')).trim()).toBe('workspace')
  })
})
