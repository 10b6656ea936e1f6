import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { RPC_SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '../../../src/contract/terminal/limits.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { callOf, codeOf } from '../../support/agent-calls.ts'
import { rawExchange, request, socketEnd } from '../../support/raw-request.ts'

let agent: AgentProcess
let token: string
let bearer: { authorization: string }

beforeAll(async () => {
  agent = await AgentProcess.start({ config: { allowedHosts: ['berth.example'] } })
  token = (await agent.pair()).token
  bearer = { authorization: `Bearer ${token}` }
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const call = (procedure: string, input?: unknown, headers: Record<string, string> = bearer) =>
  callOf(agent, { procedure, input, headers })
const names = async () => (await agent.local().api.workspaces.list()).map(({ name }) => name)

describe('who a request is for', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '0.0.0.0', 'x.ts.net'])(
    'refuses Host %j on HTTP and WebSocket',
    async (host) => {
      const headers = { host: `${host}:${agent.port}`, ...bearer }
      for (const at of ['/health', '/', '/rpc/info']) {
        const { status } = await request(agent.url, { path: at, headers })
        expect(status, at).toBeGreaterThanOrEqual(400)
        expect(status, at).toBeLessThan(500)
      }
      expect(await socketEnd(agent.url, { path: '/rpc', headers })).toMatchObject({ code: 0 })
    },
  )

  it.each(['localhost', '127.0.0.1', '[::1]', os.hostname(), 'BERTH.example'])('takes Host %s', async (name) => {
    const { status } = await request(agent.url, { path: '/health', headers: { host: `${name}:${agent.port}` } })
    expect(status).toBe(200)
  })

  it('refuses two Hosts, none, and a request for another origin', async () => {
    const get = (rest: string) => rawExchange(agent.url, `GET ${rest}connection: close\r\n\r\n`)
    expect(await get(`/health HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n`)).toMatch(/^(HTTP\/1\.1 4|$)/)
    expect(await get(`/health HTTP/1.0\r\n`)).toMatch(/^HTTP\/1\.1 4/)
    expect(await get(`http://evil.example/health HTTP/1.1\r\nhost: localhost\r\n`)).toMatch(/^HTTP\/1\.1 4/)
  })
})

describe('pages of other sites', () => {
  const origins = ['https://evil.example', 'null', 'http://localhost:1', 'file://', 'http://127.0.0.1.evil.example']

  it.each(origins)('may not fetch or open a WebSocket from %s', async (origin) => {
    const headers = { origin, ...bearer }
    const answer = await call('workspaces/create', { name: 'crossed' }, headers)
    expect(answer.status).toBe(403)
    expect(Object.keys(answer.headers).some((name) => name.startsWith('access-control-'))).toBe(false)
    expect(await socketEnd(agent.url, { path: '/rpc', headers })).toMatchObject({ code: 0, status: 403 })
    expect(await socketEnd(agent.url, { path: '/terminal/x', headers })).toMatchObject({ code: 0, status: 403 })
    expect(await names()).not.toContain('crossed')
  })

  it('get no preflight', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await request(agent.url, { method: 'OPTIONS', path: '/rpc/workspaces/list', headers })
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('are told apart from our own', async () => {
    const answer = await call('info', undefined, { origin: agent.url, ...bearer })
    expect(answer.status).toBe(200)
  })
})

describe('tokens', () => {
  it.each([
    ['none', {}],
    ['a wrong one', { authorization: `Bearer ${'A'.repeat(43)}` }],
    ['another scheme', { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }],
    ['an empty one', { authorization: 'Bearer ' }],
    [
      'a claimed identity of Tailscale',
      { 'tailscale-user-login': 'owner@example.com', 'x-forwarded-for': '127.0.0.1' },
    ],
  ])('refuse %s', async (_which, headers) => {
    const answer = await call('workspaces/list', undefined, headers)
    expect([answer.status, codeOf(answer.text)]).toEqual([401, 'UNAUTHORIZED'])
    for (const at of ['/rpc', '/terminal/alpha']) {
      expect(await socketEnd(agent.url, { path: at, headers }), at).toMatchObject({ code: 4001 })
    }
  })

  it('do not count in an address or a cookie', async () => {
    for (const query of [`?token=${token}`, `?access_token=${token}`, `?ticket=${token}`]) {
      const answer = await request(agent.url, { method: 'POST', path: `/rpc/workspaces/list${query}`, body: '{}' })
      expect(answer.status).toBe(401)
      expect(await socketEnd(agent.url, { path: `/rpc${query}` })).toMatchObject({ code: 4001 })
    }
    expect((await call('info', undefined, { cookie: `token=${token}` })).status).toBe(401)
  })

  it('count as a subprotocol, and are never sent back', async () => {
    const protocols = [RPC_SUBPROTOCOL, `${TOKEN_SUBPROTOCOL_PREFIX}${token}`]
    const socket = new WebSocket(`${agent.url.replace('http', 'ws')}/rpc`, protocols)
    await new Promise((resolve) => socket.once('open', resolve))
    expect(socket.protocol).toBe(RPC_SUBPROTOCOL)
    socket.close()
  })

  it('are not kept: the file holds digests and is private', async () => {
    const file = path.join(agent.configDir, 'clients.json')
    expect(await readFile(file, 'utf8')).not.toContain(token)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('of a client give no more than its scope', async () => {
    for (const procedure of ['clients/list', 'clients/pair']) {
      const answer = await call(procedure, undefined)
      expect([answer.status, codeOf(answer.text)], procedure).toEqual([403, 'FORBIDDEN'])
    }
    expect((await call('clients/revoke', { id: 'x' })).status).toBe(403)
    expect((await call('workspaces/list', undefined)).status).toBe(200)
  })

  it('end at once when they are revoked, and so does what they opened', async () => {
    const paired = await agent.pair('doomed')
    const worker = agent.remote(paired.token)
    await worker.api.info()
    const refused = new Promise<void>((resolve) => {
      worker.onConnection((state) => {
        if (state.status === 'refused' && state.reason === 'unauthorized') resolve()
      })
    })
    await agent.local().api.clients.revoke({ id: paired.client.id })
    await refused
    expect((await call('info', undefined, { authorization: `Bearer ${paired.token}` })).status).toBe(401)
    const gone = agent.local().api.clients.revoke({ id: paired.client.id })
    await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('what is told without a token', () => {
  it('is that an agent is there', async () => {
    const { status, text } = await request(agent.url, { path: '/health' })
    expect(status).toBe(200)
    const health: object = JSON.parse(text)
    expect(Object.keys(health).toSorted()).toEqual(['docker', 'protocol', 'status', 'uptime', 'version'])
    expect(health).toMatchObject({ status: 'healthy', docker: 'connected', protocol: '1.0' })
  })
})

describe('the log', () => {
  it('has neither what is kept in the environment of a workspace nor a token', async () => {
    const logs = path.join(agent.configDir, 'logs', 'agent.log')
    const worker = agent.local()
    const name = uniqueName('vanishing')
    await worker.api.workspaces.create({ name, env: { SECRET_OF_MINE: 'hunter2-hunter2' } })
    await worker.api.workspaces.delete({ name, force: true })
    expect(await readFile(logs, 'utf8')).not.toContain('hunter2-hunter2')
    expect(await readFile(logs, 'utf8')).not.toContain(token)
  })
})

describe('the files of the screens', () => {
  it('lead nowhere else', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    await writeFile(path.join(outside, 'secret.txt'), 'planted')
    await symlink(outside, path.join(outside, 'link'))
    const paths = [
      '/../../../etc/passwd',
      '/..%2f..%2f..%2fetc/passwd',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/..%5c..%5cpackage.json',
      '/assets/%00.js',
      '/%',
      '//etc/passwd',
      `/${encodeURIComponent(path.join(outside, 'secret.txt'))}`,
      '/package.json',
      '/../cli/ws.js',
    ]
    for (const at of paths) {
      const answer = await request(agent.url, { path: at })
      expect(answer.text, at).not.toMatch(/root:|planted|"dependencies"|createRequire/)
      if (answer.status === 200) expect(answer.headers['content-type'], at).toContain('text/html')
    }
    await rm(outside, { recursive: true })
  })
})
