import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../src/agent/credentials/secret-store.ts'
import { containerName } from '../../../src/domain/engine-names.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, collectEvents, run, until } from '../../support/core.ts'
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

const UNWANTED = uniqueName('unwanted')

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

  it('that was deleted while the engine told what it has does not come back', async () => {
    const { fixture, sweeps, listing } = await startListened()
    const { core } = fixture
    await core.workspaces.create({ name: 'doomed' })
    await expect.poll(() => sweeps.length).toBe(1)
    const tell = await listing()
    await core.workspaces.delete('doomed', { force: true })
    tell()
    await expect.poll(() => sweeps.length).toBe(2)
    expect(core.workspaces.list()).toEqual([])
  })

  it('that was made while the engine told what it has is not taken for one whose container is gone', async () => {
    const { fixture, sweeps, listing } = await startListened()
    const { core } = fixture
    await core.workspaces.create({ name: 'stopped' })
    await expect.poll(() => sweeps.length).toBe(1)
    const tell = await listing()
    await core.workspaces.create({ name: 'fresh' })
    await core.workspaces.stop('stopped')
    tell()
    await expect.poll(() => sweeps.length).toBe(2)
    expect(core.workspaces.list().map(({ name, status }) => [name, status])).toEqual([
      ['fresh', 'running'],
      ['stopped', 'stopped'],
    ])
  })
})

/** An agent of which it is seen when it brings its records in line with the engine, and which can be held in the middle of it. */
async function startListened() {
  const proxy = await EngineProxy.start()
  closing.push(() => proxy[Symbol.asyncDispose]())
  // What nobody knows is swept last, each time that the engine is asked for all that it has: here in vain.
  const sweeps: unknown[] = []
  const secretStore: SecretStore = {
    kind: 'memory',
    status: () => ({ state: 'ready' }),
    load: () => Promise.resolve({ 'workspace/ws-stranger0000/KEY': 'value' }),
    apply: (changes) => {
      sweeps.push(changes)
      return Promise.reject(new Error('no'))
    },
  }
  const fixture = await CoreFixture.start({ environment: proxy.environment, secretStore })
  closing.push(() => fixture[Symbol.asyncDispose]())
  /** Has the engine asked for all that it has; what it told is held back until the returned function is called. */
  const listing = async (): Promise<() => void> => {
    let tell = (): void => undefined
    const told = new Promise<void>((resolve) => {
      tell = resolve
    })
    const isListing = new Promise<void>((resolve) => {
      proxy.watcher = ({ method, path: called, moment }) => {
        if (moment !== 'after' || method !== 'GET' || !/\/volumes(\?|$)/.test(called)) return undefined
        proxy.watcher = undefined
        resolve()
        return told
      }
    })
    // Something of ours that is not known.
    const labels = ['--label', `berth.agent=${fixture.agentId}`, '--label', 'berth.workspace=ws-strange00000']
    await docker('create', ...labels, 'debian:bookworm-slim', 'true')
    await isListing
    return tell
  }
  return { fixture, sweeps, listing }
}

describe('a creation that is deleted while it is under way', () => {
  it('is said to be deleted at once, also while the engine does not answer', async () => {
    const proxy = await EngineProxy.start()
    closing.push(() => proxy[Symbol.asyncDispose]())
    const fixture = await CoreFixture.start({ environment: proxy.environment })
    closing.push(() => fixture[Symbol.asyncDispose]())
    const { core } = fixture
    let answer = (): void => undefined
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    const hangs = new Promise<void>((resolve) => {
      proxy.watcher = ({ method, path: called, moment }) => {
        if (moment !== 'before' || method !== 'POST' || !called.includes('name=workspace-hung')) return undefined
        resolve()
        return answered
      }
    })
    const creation = core.workspaces.create({ name: 'hung' }).catch((error: unknown) => error)
    await hangs
    const deletion = core.workspaces.delete('hung', { force: true })
    await until(core, () => core.workspaces.get('hung').activity?.verb === 'deleting')
    answer()
    await deletion
    expect(await creation).toMatchObject({ code: 'CONFLICT' })
    expect(await leftOvers(fixture.engine, fixture.agentId)).toEqual([])
  })

  it('ends, and leaves nothing', async () => {
    const fixture = await start()
    const { core } = fixture
    const { events, stop } = collectEvents(core)
    const creation = core.workspaces.create({ name: UNWANTED })
    const outcome = creation.catch((error: unknown) => error)
    await until(core, () => core.workspaces.list().length === 1)
    await core.workspaces.delete(UNWANTED, { force: false })
    expect(await outcome).toMatchObject({ code: 'CONFLICT' })
    expect(core.workspaces.list()).toEqual([])
    stop()
    const last = events.filter((event) => event.type.startsWith('workspace.')).at(-1)
    expect(last?.type).toBe('workspace.deleted')
  })
})
