import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { CoreFixture, until } from '../../support/core.ts'
import { docker } from '../../support/docker-inspect.ts'
import { EngineProxy } from '../../support/engine-proxy.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function fixtureAt(environment: NodeJS.ProcessEnv): Promise<CoreFixture> {
  const fixture = await CoreFixture.start({ environment })
  closing.push(() => fixture[Symbol.asyncDispose]())
  return fixture
}

async function proxied(): Promise<{ proxy: EngineProxy; fixture: CoreFixture }> {
  const proxy = await EngineProxy.start()
  closing.push(() => proxy[Symbol.asyncDispose]())
  return { proxy, fixture: await fixtureAt(proxy.environment) }
}

/** An engine that answers whatever a test says. */
async function fakeEngine(answer: http.RequestListener): Promise<NodeJS.ProcessEnv> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-fake-'))
  const socket = path.join(folder, 'engine.sock')
  const server = http.createServer(answer)
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await rm(folder, { recursive: true })
  })
  return { ...process.env, DOCKER_HOST: `unix://${socket}` }
}

describe('an engine that is not there', () => {
  it('is a typed failure with a way out, and nothing is made', async () => {
    const { core } = await fixtureAt({ ...process.env, DOCKER_HOST: 'unix:///nonexistent/docker.sock' })
    const refusal = core.workspaces.create({ name: 'nowhere' })
    await expect(refusal).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE', hint: expect.any(String) })
    expect(core.workspaces.list()).toEqual([])
    // Docker is installed on the computer of these tests.
    expect(core.engine.state.status).toBe('stopped')
    expect(core.engine.state.message).not.toContain('/')
    expect(core.diagnostics()).toMatchObject([{ code: 'engine_stopped', severity: 'error' }])
  })

  it('is missing where nothing is installed', async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), 'berth-home-'))
    closing.push(() => rm(home, { recursive: true }))
    const { core } = await fixtureAt({ HOME: home, PATH: home, DOCKER_HOST: 'ssh://somebody@somewhere' })
    await expect(core.workspaces.create({ name: 'nowhere' })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    expect(core.engine.state).toMatchObject({ status: 'missing', hint: expect.stringContaining('worker') })
  })

  it.each([
    [
      'too_old',
      (_request: http.IncomingMessage, response: http.ServerResponse) =>
        response.end(JSON.stringify({ Version: '19.03.1', ApiVersion: '1.40' })),
    ],
    [
      'starting',
      (_request: http.IncomingMessage, response: http.ServerResponse) =>
        response.writeHead(503).end('{"message":"starting"}'),
    ],
    ['starting', (request: http.IncomingMessage) => request.socket.destroy()],
  ] as const)('that is %s is called so', async (status, answer) => {
    const { core } = await fixtureAt(await fakeEngine((request, response) => void answer(request, response)))
    await expect(core.workspaces.create({ name: 'nowhere' })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    expect(core.engine.state.status).toBe(status)
  })

  it('that takes calls and never answers is called so, in bounded time', async () => {
    const { core } = await fixtureAt(await fakeEngine(() => undefined))
    await expect(core.workspaces.create({ name: 'nowhere' })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    expect(core.engine.state.status).toBe('unresponsive')
  })
})

describe('an engine that comes and goes', () => {
  it('is told by events, its workspaces stay listed, and all goes on when it is back', async () => {
    const { proxy, fixture } = await proxied()
    const { core } = fixture
    await core.workspaces.create({ name: 'steady' })
    await proxy.cut()
    await until(core, () => core.engine.state.status !== 'ready')
    expect(core.workspaces.list()).toMatchObject([{ name: 'steady', status: 'running' }])
    await expect(core.workspaces.stop('steady')).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    // Not in the way of what is under way inside.
    const result = await core.workspaces.exec({ name: 'steady', command: ['hostname'] }, AbortSignal.timeout(20_000))
    expect(result.stdout).toBe('steady\n')
    await docker('stop', '-t', '0', 'workspace-steady')
    await proxy.listen()
    await until(core, () => core.engine.state.status === 'ready' && core.workspaces.get('steady').status === 'stopped')
    expect(await core.workspaces.start('steady')).toMatchObject({ status: 'running' })
  })

  it('is not asked for a list', async () => {
    const { proxy, fixture } = await proxied()
    const { core } = fixture
    await core.workspaces.create({ name: 'listed' })
    await until(core, () => core.workspaces.get('listed').runtime?.status === 'ready')
    proxy.calls.length = 0
    for (let count = 0; count < 1000; count += 1) {
      expect(core.workspaces.list()).toHaveLength(1)
      core.workspaces.get('listed')
    }
    expect(proxy.calls).toEqual([])
  })
})

describe('what others do in the engine', () => {
  it('is seen: stopped, started, removed', async () => {
    const { core } = await fixtureAt(process.env)
    await core.workspaces.create({ name: 'meddled' })
    await docker('stop', '-t', '0', 'workspace-meddled')
    await until(core, () => core.workspaces.get('meddled').status === 'stopped')
    await docker('start', 'workspace-meddled')
    await until(core, () => core.workspaces.get('meddled').runtime?.status === 'ready')
    await docker('exec', 'workspace-meddled', 'sh', '-c', 'echo kept > /home/workspace/file')
    await docker('rm', '-f', 'workspace-meddled')
    await until(core, () => core.workspaces.get('meddled').status === 'error')
    expect(core.workspaces.get('meddled').failure).toMatchObject({ step: 'run', hint: expect.any(String) })
    // Started again it has a new container, on the home that it had.
    expect(await core.workspaces.start('meddled')).toMatchObject({ status: 'running' })
    const result = await core.workspaces.exec(
      { name: 'meddled', command: ['cat', '/home/workspace/file'] },
      AbortSignal.timeout(20_000),
    )
    expect(result.stdout).toBe('kept\n')
  })

  it('does no lasting harm to a runtime: it is started again', async () => {
    const { core } = await fixtureAt(process.env)
    await core.workspaces.create({ name: 'felled' })
    await docker('exec', 'workspace-felled', 'pkill', '-KILL', '-f', 'runtime.cjs')
    await until(core, () => core.workspaces.get('felled').runtime?.status !== 'ready')
    await until(core, () => core.workspaces.get('felled').runtime?.status === 'ready')
    const result = await core.workspaces.exec({ name: 'felled', command: ['hostname'] }, AbortSignal.timeout(20_000))
    expect(result.stdout).toBe('felled\n')
  })
})
