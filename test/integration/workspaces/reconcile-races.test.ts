import { afterEach, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../../src/agent/credentials/secret-store.ts'
import { uniqueName } from '../../support/agent.ts'
import { CoreFixture, collectEvents, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { leftOvers } from '../../support/engine.ts'
import { EngineProxy } from '../../support/engine-proxy.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('while the engine tells what it has, a workspace', () => {
  it('that is deleted does not come back', async () => {
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

  it('that is made is not taken for one whose container is gone', async () => {
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
    const fixture = await CoreFixture.start()
    closing.push(() => fixture[Symbol.asyncDispose]())
    const { core } = fixture
    const name = uniqueName('unwanted')
    const { events, stop } = collectEvents(core)
    const creation = core.workspaces.create({ name })
    const outcome = creation.catch((error: unknown) => error)
    await until(core, () => core.workspaces.list().length === 1)
    await core.workspaces.delete(name, { force: false })
    expect(await outcome).toMatchObject({ code: 'CONFLICT' })
    expect(core.workspaces.list()).toEqual([])
    stop()
    const last = events.filter((event) => event.type.startsWith('workspace.')).at(-1)
    expect(last?.type).toBe('workspace.deleted')
  })
})
