import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { AgentProcess, uniqueName, WS } from '../../support/agent.ts'
import { ENGINE_SOCKET } from '../../support/engine-socket.ts'
import { request, socketEnd } from '../../support/raw-request.ts'
import { TerminalScreen } from '../../support/terminal-screen.ts'

const started: AgentProcess[] = []
afterEach(async () => {
  for (const agent of started.splice(0)) await agent[Symbol.asyncDispose]()
})
async function start(setUp?: Parameters<typeof AgentProcess.start>[0]): Promise<AgentProcess> {
  const agent = await AgentProcess.start(setUp)
  started.push(agent)
  return agent
}

/** Runs `ws --agent` until it ends by itself. */
async function failingAgent(
  environment: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [WS, '--agent', ...args], { env: { ...process.env, ...environment } })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  await once(child, 'exit')
  return { code: child.exitCode, said }
}

describe('an agent that starts', () => {
  it('says what it makes, where it listens and how to let somebody in', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    const child = spawn(process.execPath, [WS, '--agent', '--port', '0'], {
      env: { ...process.env, WS_CONFIG_DIR: path.join(folder, 'new') },
    })
    let said = ''
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data: Buffer) => {
        said += data.toString()
        if (said.includes('ws agent pair')) resolve()
      })
    })
    expect(said).toMatch(/^Creating default config at .*config\.json$/m)
    expect(said).toMatch(/^Agent running at http:\/\/127\.0\.0\.1:\d+$/m)
    expect(said).not.toMatch(/[A-Z2-9]{4}-[A-Z2-9]{4}/)
    expect(JSON.parse(await readFile(path.join(folder, 'new', 'config.json'), 'utf8'))).toMatchObject({ port: 7391 })
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(child.exitCode).toBe(0)
    await rm(folder, { recursive: true })
  })

  it('is the only one on its folder', async () => {
    const agent = await start()
    const { code, said } = await failingAgent({ WS_CONFIG_DIR: agent.configDir }, '--port', '0')
    expect(code).toBe(1)
    expect(said).toContain('Another agent runs on')
    expect((await request(agent.url, { path: '/health' })).status).toBe(200)
    expect(await agent.local().api.info()).toMatchObject({ workspacesCount: 0 })
  })

  it('says which port is taken', async () => {
    const agent = await start()
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    const { code, said } = await failingAgent({ WS_CONFIG_DIR: folder }, '--port', String(agent.port))
    expect(code).toBe(1)
    expect(said).toContain(`Port ${agent.port}`)
    expect(said).toContain('--port')
    await rm(folder, { recursive: true })
  })

  it('refuses addresses where tokens would travel in plain text, or nobody would need one', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    for (const args of [
      ['--host', '0.0.0.0'],
      ['--host', '0.0.0.0', '--no-auth', '--insecure'],
    ]) {
      const { code, said } = await failingAgent({ WS_CONFIG_DIR: folder }, '--port', '0', ...args)
      expect(code).toBe(1)
      expect(said).not.toContain('Agent running')
    }
    await rm(folder, { recursive: true, force: true })
  })

  it('asks for no token with --no-auth, says so loudly, and still keeps pages of other sites out', async () => {
    const agent = await start({ args: ['--no-auth'] })
    expect(agent.said.join('\n')).toContain('WARNING: --no-auth')
    expect((await request(agent.url, { method: 'POST', path: '/rpc/workspaces/list', body: '{}' })).status).toBe(200)
    expect((await request(agent.url, { method: 'POST', path: '/rpc/clients/pair', body: '{}' })).status).toBe(403)
    const headers = { origin: 'https://evil.example' }
    expect(
      (await request(agent.url, { method: 'POST', path: '/rpc/workspaces/list', body: '{}', headers })).status,
    ).toBe(403)
    expect(await socketEnd(agent.url, { path: '/rpc', headers })).toMatchObject({ status: 403 })
  })
})

describe('an agent whose engine is not of this computer’s own kernel', () => {
  /** The engine by TCP, as one in a virtual machine may be: nothing says that its containers do not reach our loopback. */
  async function overTcp(): Promise<NodeJS.ProcessEnv> {
    const gate = net.createServer((client) => {
      const engine = net.connect(ENGINE_SOCKET)
      for (const socket of [client, engine]) socket.on('error', () => socket.destroy())
      client.pipe(engine).pipe(client)
      client.once('close', () => engine.destroy())
      engine.once('close', () => client.destroy())
    })
    gates.push(gate)
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
    return { DOCKER_HOST: `tcp://127.0.0.1:${(gate.address() as net.AddressInfo).port}` }
  }
  const gates: net.Server[] = []
  afterEach(() => {
    for (const gate of gates.splice(0)) gate.close()
  })

  it('refuses --no-auth, and says why', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    const environment = { ...(await overTcp()), WS_CONFIG_DIR: folder }
    const { code, said } = await failingAgent(environment, '--port', '0', '--no-auth')
    expect(code).toBe(1)
    expect(said).toMatch(/every workspace could use this computer.*\nLeave out --no-auth/)
    await rm(folder, { recursive: true })
  })

  it('says what workspaces may reach', async () => {
    const agent = await start({ environment: await overTcp() })
    const codes = async (): Promise<string[]> => (await agent.local().api.info()).diagnostics.map(({ code }) => code)
    await expect.poll(codes).toContain('loopback_shared')
  })

  it('lets nobody in without a token while it knows no engine', async () => {
    const agent = await start({ args: ['--no-auth'], environment: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' } })
    expect((await request(agent.url, { method: 'POST', path: '/rpc/workspaces/list', body: '{}' })).status).toBe(401)
  })
})

describe('an agent that is told to end', () => {
  it('does so within seconds, with sockets and calls open, and workspaces run on', async () => {
    const agent = await start()
    const name = uniqueName('alpha')
    const { token } = await agent.pair()
    const worker = agent.remote(token)
    await worker.api.workspaces.create({ name })
    const screen = new TerminalScreen(worker, { workspace: name, create: { command: ['sleep', '1000'] } })
    await screen.until(({ client }) => client.state.status === 'live')
    const idle = http.get(`${agent.url}/health`, { agent: new http.Agent({ keepAlive: true }) })
    await once(idle, 'response')
    const exec = worker.api.workspaces.exec({ name, command: ['sleep', '1000'] })
    const broken = expect(exec).rejects.toMatchObject({ code: 'UNREACHABLE' })
    const began = Date.now()
    expect(await agent.end('SIGTERM')).toBe(0)
    expect(Date.now() - began).toBeLessThan(5_000)
    await broken
    await screen.until(({ client }) => client.state.status === 'reconnecting')
    await agent.launch()
    await screen.until(({ client }) => client.state.status === 'live')
    expect(await worker.api.workspaces.get({ name })).toMatchObject({ status: 'running' })
  })
})
