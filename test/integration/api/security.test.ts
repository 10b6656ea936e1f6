import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  RPC_SUBPROTOCOL,
  TERMINAL_SUBPROTOCOL,
  TOKEN_SUBPROTOCOL_PREFIX,
} from '../../../src/contract/terminal/limits.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
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

const call = (procedure: string, input: unknown, headers: Record<string, string> = bearer) =>
  request(agent.url, {
    method: 'POST',
    path: `/rpc/${procedure}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ json: input }),
  })
const codeOf = (text: string): unknown => JSON.parse(text).json.code
const names = async () => (await agent.local().api.workspaces.list()).map(({ name }) => name)
/** Sends a part of a request and leaves; resolves when the agent has let go too. */
function halfRequest(bytes: string): Promise<void> {
  const socket = net.connect(agent.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.resume()
  socket.write(bytes, () => socket.end())
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

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

describe('what comes in', () => {
  it('is bounded in a body, whether its length is told or not', async () => {
    const body = JSON.stringify({ json: { name: 'a', title: 'x'.repeat(1_100_000) } })
    const told = await request(agent.url, { method: 'POST', path: '/rpc/workspaces/create', headers: bearer, body })
    expect(told.status).toBe(413)
    const headers = { ...bearer, 'transfer-encoding': 'chunked' }
    const chunked = await request(agent.url, { method: 'POST', path: '/rpc/workspaces/create', headers, body })
    expect(chunked.status).toBe(413)
    expect(await names()).toEqual([])
  })

  it.each([
    ['/rpc/workspaces/create', '', 401],
    ['/rpc/workspaces/create', 'authorization: Bearer 0123456789012345678901234567890123456789012\r\n', 401],
    ['/nowhere', '', 404],
    ['/health', '', 404],
    ['/pair', '', 413],
  ])('is not waited for in a body of somebody without a token: %s', async (at, header, status) => {
    const head = `POST ${at} HTTP/1.1\r\nhost: localhost\r\n${header}transfer-encoding: chunked\r\n\r\n`
    // It never ends; what is refused is let go at once.
    const answer = await rawExchange(agent.url, `${head}1001\r\n${'x'.repeat(0x1001)}\r\n`)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it('is bounded in a frame', async () => {
    const headers = bearer
    const message = 'x'.repeat(1_048_577)
    expect(await socketEnd(agent.url, { path: '/rpc', headers, messages: [message] })).toMatchObject({ code: 1009 })
    const terminal = { path: '/terminal/alpha', headers, protocols: [TERMINAL_SUBPROTOCOL] }
    expect((await socketEnd(agent.url, { ...terminal, messages: [message] })).code).not.toBe(1000)
  })

  it.each([
    ['text that is not JSON', '{"json":'],
    ['an array', '[]'],
    ['JSON of another shape', '"x"'],
    ['a prototype', '{"json":{"__proto__":{"name":"a"}}}'],
    ['broken metadata', '{"json":{"name":"a"},"meta":[[1,"name"]]}'],
    ['metadata that leads nowhere', '{"json":{},"meta":[[0,"constructor","prototype","x"]]}'],
  ])('is refused as %s', async (_what, body) => {
    const answer = await request(agent.url, { method: 'POST', path: '/rpc/workspaces/create', headers: bearer, body })
    expect([answer.status, codeOf(answer.text)]).toEqual([400, 'BAD_REQUEST'])
    expect(await names()).toEqual([])
  })

  it.each([
    ['no JSON', 'hello'],
    ['no call', '{"a":1}'],
    ['a call without a request', '{"i":"1"}'],
    ['a request for another origin', '{"i":"1","p":{"u":"http://evil.example/"}}'],
    ['bytes', Buffer.from([1, 2, 3])],
  ])('closes calls that are %s, and nothing else', async (_what, message) => {
    const { code } = await socketEnd(agent.url, { path: '/rpc', headers: bearer, messages: [message] })
    expect([1003, 1007]).toContain(code)
    expect((await call('info', undefined)).status).toBe(200)
  })

  it.each([
    ['a form without a boundary', 'multipart/form-data', 'x'],
    ['a form that is not one', 'multipart/form-data; boundary=abc', '--nope'],
    [
      'half a form',
      'multipart/form-data; boundary=abc',
      '--abc\r\ncontent-disposition: form-data; name="data"\r\n\r\n{',
    ],
    ['JSON that is not', 'application/json', '{"json":'],
    ['a file', 'application/octet-stream', '\0\0'],
  ])('is refused as %s, whether its length is told or not', async (_what, type, body) => {
    for (const length of [{}, { 'transfer-encoding': 'chunked' }]) {
      const headers = { ...bearer, 'content-type': type, ...length }
      const answer = await request(agent.url, { method: 'POST', path: '/rpc/workspaces/create', headers, body })
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'BAD_REQUEST'])
    }
  })

  it('is taken in a body whose length is not told', async () => {
    const headers = { ...bearer, 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const body = JSON.stringify({ json: { name: 'nowhere' } })
    const answer = await request(agent.url, { method: 'POST', path: '/rpc/workspaces/get', headers, body })
    expect([answer.status, codeOf(answer.text)]).toEqual([404, 'NOT_FOUND'])
  })

  it('is no error of ours when it ends in the middle', async () => {
    const logFile = path.join(agent.configDir, 'logs', 'agent.log')
    const before = (await readFile(logFile, 'utf8')).length
    for (const at of ['/pair', '/rpc/workspaces/create']) {
      for (const framing of ['content-length: 100\r\n\r\n{"json"', 'transfer-encoding: chunked\r\n\r\n9\r\n{"js']) {
        await halfRequest(`POST ${at} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n${framing}`)
      }
    }
    await call('info', undefined)
    expect((await readFile(logFile, 'utf8')).slice(before)).not.toMatch(/"level":[45]0|"stack"/)
    expect(agent.said.join('\n')).not.toMatch(/Error|at .*\.[jt]s:/)
  })

  it('names no procedure beyond the contract', async () => {
    for (const procedure of ['workspaces', 'toString', '__proto__', 'constructor/prototype', '../health', 'a/b/c/d']) {
      const { status } = await call(procedure, undefined)
      expect([400, 404], procedure).toContain(status)
    }
    expect((await request(agent.url, { path: '/rpc/workspaces/list', headers: bearer })).status).toBe(405)
  })

  it.each(['', 'A', '-a', 'ws-a', '../etc', 'a/b', 'a b', "a'; rm -rf /", 'a\0b', 'a'.repeat(64), '$(id)', 'ä', 'a\n'])(
    'makes nothing of the name %j',
    async (name) => {
      const answer = await call('workspaces/create', { name })
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'BAD_REQUEST'])
      expect(JSON.parse(answer.text).json.data.issues[0].path).toBe('name')
      const socket = {
        path: `/terminal/${encodeURIComponent(name)}`,
        headers: bearer,
        protocols: [TERMINAL_SUBPROTOCOL],
      }
      if (name !== '') expect((await socketEnd(agent.url, socket)).code).toBe(4004)
      expect(await names()).toEqual([])
    },
  )

  it('makes nothing of keys that it does not know, or values beyond their bounds', async () => {
    const inputs = [
      { name: 'a', privileged: true },
      { name: 'a', env: { 'A=B': 'c' } },
      { name: 'a', env: { A: 'x\0y' } },
      { name: 'a', resources: { cpus: -1 } },
      { name: 'a', resources: { memoryBytes: 1 } },
      { name: 'a', template: '../base' },
      { name: ['a'] },
      null,
    ]
    for (const input of inputs) expect((await call('workspaces/create', input)).status, JSON.stringify(input)).toBe(400)
    expect(await names()).toEqual([])
  })

  it('is let go when it is half a request', async () => {
    const began = Date.now()
    expect(await rawExchange(agent.url, 'GET /health HTTP/1.1\r\nhost: localhost\r\n')).not.toContain('200')
    expect(Date.now() - began).toBeLessThan(16_000)
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

describe('a failure that nobody foresaw', () => {
  it('is told as an id under which the log has it', async () => {
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
