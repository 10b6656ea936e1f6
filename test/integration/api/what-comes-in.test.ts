import { readFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TERMINAL_SUBPROTOCOL } from '../../../src/contract/terminal/limits.ts'
import { AgentProcess } from '../../support/agent.ts'
import { callOf, codeOf } from '../../support/agent-calls.ts'
import { rawExchange, request, socketEnd } from '../../support/raw-request.ts'

let agent: AgentProcess
let token: string
let bearer: { authorization: string }

beforeAll(async () => {
  agent = await AgentProcess.start()
  token = (await agent.pair()).token
  bearer = { authorization: `Bearer ${token}` }
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const call = (procedure: string, input?: unknown, headers: Record<string, string> = bearer) =>
  callOf(agent, { procedure, input, headers })
const names = async () => (await agent.local().api.workspaces.list()).map(({ name }) => name)
/** Sends a part of a request and leaves; resolves when the agent has let go too. */
function halfRequest(bytes: string): Promise<void> {
  const socket = net.connect(agent.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.resume()
  socket.write(bytes, () => socket.end())
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

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
