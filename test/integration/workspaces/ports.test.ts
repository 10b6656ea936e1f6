import { rm } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { CoreFixture, makeConfigDir, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { leftOvers } from '../../support/engine.ts'
import { EngineProxy } from '../../support/engine-proxy.ts'

const opened: { close(): Promise<void> }[] = []

function listen(port: number): Promise<void> {
  const server = net.createServer()
  opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}

async function fixtureWithPools(
  pools: { ssh: [number, number]; http: [number, number]; custom?: [number, number] },
  environment = process.env,
): Promise<CoreFixture> {
  const fixture = await CoreFixture.start({ config: { ports: pools }, environment })
  opened.push({ close: () => fixture[Symbol.asyncDispose]() })
  return fixture
}

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

describe('ports of workspaces', () => {
  it('are held while the workspace exists, stopped or not, and free again after it', async () => {
    const { core } = await fixtureWithPools({ ssh: [11_000, 11_000], http: [11_010, 11_019] })
    const first = await core.workspaces.create({ name: 'first' })
    expect(first.ports).toEqual({ ssh: 11_000, http: 11_010 })
    await core.workspaces.stop('first')
    const refusal = core.workspaces.create({ name: 'second' })
    await expect(refusal).rejects.toMatchObject({ code: 'PORT_EXHAUSTED', message: expect.stringContaining('first') })
    expect(core.workspaces.list()).toHaveLength(1)
    await core.workspaces.delete('first', { force: true })
    expect((await core.workspaces.create({ name: 'second' })).ports['ssh']).toBe(11_000)
  })

  it('are not those that other programs listen on', async () => {
    await listen(11_100)
    const { core } = await fixtureWithPools({ ssh: [11_100, 11_105], http: [11_110, 11_119] })
    expect((await core.workspaces.create({ name: 'passing-on' })).ports['ssh']).toBe(11_101)
  })

  it('are others when one is taken in the moment of the start', async () => {
    const proxy = await EngineProxy.start()
    opened.push({ close: () => proxy[Symbol.asyncDispose]() })
    const { core, engine, agentId } = await fixtureWithPools(
      { ssh: [11_200, 11_205], http: [11_210, 11_219] },
      proxy.environment,
    )
    let isTaken = false
    proxy.watcher = ({ method, path, moment }) => {
      if (isTaken || moment === 'after' || method !== 'POST' || !/\/containers\/[^/]+\/start/.test(path))
        return undefined
      isTaken = true
      return listen(11_200)
    }
    const info = await core.workspaces.create({ name: 'outrun' })
    expect(info).toMatchObject({ status: 'running', ports: { ssh: 11_201 } })
    expect(await leftOvers(engine, agentId)).toHaveLength(2)
  })

  it('that are taken while the workspace is stopped make its start fail with the port in words', async () => {
    const { core } = await fixtureWithPools({ ssh: [11_300, 11_305], http: [11_310, 11_319] })
    await core.workspaces.create({ name: 'robbed' })
    await core.workspaces.stop('robbed')
    await listen(11_300)
    const start = core.workspaces.start('robbed')
    await expect(start).rejects.toMatchObject({ code: 'ENGINE_ERROR', message: expect.stringContaining('11300') })
    expect(core.workspaces.get('robbed').status).toBe('stopped')
  })

  it('of two agents on one engine do not meet', async () => {
    const pools = { ssh: [11_400, 11_409], http: [11_410, 11_419] } as const
    const both = await Promise.all([1, 2].map(() => fixtureWithPools({ ssh: [...pools.ssh], http: [...pools.http] })))
    const made = await Promise.all(both.map(({ core }, at) => core.workspaces.create({ name: `agent-${at}` })))
    expect(made.map(({ status }) => status)).toEqual(['running', 'running'])
    expect(new Set(made.map(({ ports }) => ports['ssh'])).size).toBe(2)
  })

  it('by names of their own are held, published, written on the container, and all given or none', async () => {
    const { core, configDir, agentId } = await fixtureWithPools({
      ssh: [11_600, 11_601],
      http: [11_610, 11_619],
      custom: [11_620, 11_621],
    })
    const ports = { api: 3000, codeServer: 8443 }
    const made = await core.workspaces.create({ name: 'named', ports })
    expect(made.ports).toMatchObject({ api: 11_620, codeServer: expect.any(Number) })
    expect(await docker('port', 'workspace-named', '3000')).toBe('127.0.0.1:11620')
    const refusal = core.workspaces.create({ name: 'refused', ports: { one: 1000, two: 2000 } })
    await expect(refusal).rejects.toMatchObject({ code: 'PORT_EXHAUSTED', message: expect.stringContaining('named') })
    // What the engine has of that name already is refused as well, and takes no port with it.
    await docker('volume', 'create', 'workspace-refused-home')
    try {
      const conflict = core.workspaces.create({ name: 'refused', ports: { one: 1000 } })
      await expect(conflict).rejects.toMatchObject({ code: 'CONFLICT' })
    } finally {
      await docker('volume', 'rm', 'workspace-refused-home')
    }
    expect((await core.workspaces.create({ name: 'second', ports: { one: 1000 } })).ports).toMatchObject({
      ssh: 11_601,
      one: 11_621,
    })
    await core[Symbol.asyncDispose]()
    for (const file of ['state.json', 'state.json.bak']) await rm(path.join(configDir, file))
    const next = await CoreFixture.start({ configDir })
    opened.push({ close: () => next[Symbol.asyncDispose]() })
    await until(next.core, () => next.core.workspaces.list().length === 2)
    expect(next.agentId).toBe(agentId)
    expect(next.core.workspaces.get('named').ports).toEqual(made.ports)
  })

  it('reach what listens in the workspace', async () => {
    const { core } = await fixtureWithPools({ ssh: [11_500, 11_505], http: [11_510, 11_519] })
    const { ports } = await core.workspaces.create({ name: 'served' })
    expect(await docker('port', 'workspace-served', '8080')).toBe(`127.0.0.1:${ports['http']}`)
    expect(await docker('port', 'workspace-served', '22')).toBe(`127.0.0.1:${ports['ssh']}`)
  })
})

describe('the pools of config.json', () => {
  it('are refused with the key when they make no sense', async () => {
    const configDir = await makeConfigDir({ ports: { ssh: [3000, 2000] } })
    const start = CoreFixture.start({ configDir })
    await expect(start).rejects.toMatchObject({ name: 'ConfigInvalid', message: expect.stringContaining('ports.ssh') })
  })
})
