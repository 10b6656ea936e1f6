import { mkdir, readFile, rename, rmdir } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TERMINAL_SUBPROTOCOL } from '../../../src/contract/terminal/limits.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { request, socketEnd } from '../../support/raw-request.ts'

let agent: AgentProcess
const name = uniqueName('revoked')
beforeAll(async () => {
  agent = await AgentProcess.start()
  await agent.local().api.workspaces.create({ name })
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

interface OpenCall {
  /** Resolves with the status, once the answer begins. */
  answered: Promise<number>
  /** Resolves when nothing can come any more. */
  closed: Promise<void>
  end(): void
}

function open(token: string, procedure: string, input: unknown): OpenCall {
  const { hostname, port } = new URL(agent.url)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const options = { hostname, port, method: 'POST', path: `/rpc/${procedure}`, headers, agent: false }
  const outgoing = http.request(options)
  const answered = new Promise<number>((resolve) => {
    outgoing.once('response', (response) => {
      response.on('error', () => undefined)
      response.resume()
      resolve(response.statusCode ?? 0)
    })
  })
  const closed = new Promise<void>((resolve) => outgoing.once('close', () => resolve()))
  outgoing.on('error', () => undefined)
  outgoing.end(JSON.stringify({ json: input }))
  return { answered, closed, end: () => outgoing.destroy() }
}

const exec = (command: string) => agent.local().api.workspaces.exec({ name, command: ['sh', '-c', command] })

it('ends a stream of events and a running command with the token that they were asked with', async () => {
  const doomed = await agent.pair('doomed')
  const kept = await agent.pair('kept')
  const events = open(doomed.token, 'events', {})
  const others = open(kept.token, 'events', {})
  expect(await events.answered).toBe(200)
  expect(await others.answered).toBe(200)
  let isOtherClosed = false
  void others.closed.then(() => (isOtherClosed = true))
  const command = ['sh', '-c', 'touch /tmp/began; exec sleep 4242']
  const running = open(doomed.token, 'workspaces/exec', { name, command })
  await expect.poll(async () => (await exec('test -e /tmp/began')).exitCode).toBe(0)

  const revokedAt = Date.now()
  await agent.local().api.clients.revoke({ id: doomed.client.id })
  await Promise.all([events.closed, running.closed])
  expect(Date.now() - revokedAt).toBeLessThan(2_000)
  const count = "grep -lzx '[4]242' /proc/[0-9]*/cmdline 2>/dev/null | wc -l"
  await expect.poll(async () => (await exec(count)).stdout.trim()).toBe('0')
  expect(isOtherClosed).toBe(false)
  others.end()
})

it('lets a client go whose revocation cannot be written, and says that it was not', async () => {
  const { token, client } = await agent.pair('unwritten')
  const events = open(token, 'events', {})
  expect(await events.answered).toBe(200)
  const file = path.join(agent.configDir, 'clients.json')
  await rename(file, `${file}.aside`)
  await mkdir(file)
  const revoking = agent.local().api.clients.revoke({ id: client.id })
  await expect(revoking).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  await events.closed
  expect(await open(token, 'info', {}).answered).toBe(401)
  await rmdir(file)
  await rename(`${file}.aside`, file)
  expect(await agent.local().api.clients.revoke({ id: client.id })).toEqual({ success: true })
})

it('counts the calls that a client has open, and forgets those that have ended', async () => {
  const { token } = await agent.pair('many')
  const calls = Array.from({ length: 140 }, () => open(token, 'events', {}))
  const answers = await Promise.all(calls.map(({ answered }) => answered))
  expect(answers.filter((status) => status === 200)).toHaveLength(128)
  expect(answers.filter((status) => status === 429)).toHaveLength(12)
  for (const call of calls) call.end()
  await Promise.all(calls.map(({ closed }) => closed))
  const again = (): Promise<number> => {
    const call = open(token, 'events', {})
    return call.answered.finally(() => call.end())
  }
  await expect.poll(again).toBe(200)
})

it('ends all that a program has open, of every kind, when its token is revoked', async () => {
  const { token, client } = await agent.local().api.clients.addToken({ name: 'ci', scope: 'operate', days: 1 })
  expect(client).toMatchObject({ kind: 'token', name: 'ci', scope: 'operate' })
  expect(Date.parse(client.expiresAt ?? '') - Date.parse(client.createdAt)).toBe(86_400_000)
  const headers = { authorization: `Bearer ${token}` }
  const before = (await agent.local().api.info()).terminalConnections
  const ends = [
    socketEnd(agent.url, { path: '/rpc', headers }),
    socketEnd(agent.url, { path: `/terminal/${name}`, headers, protocols: [TERMINAL_SUBPROTOCOL] }),
    socketEnd(agent.url, { path: `/terminal/${name}`, headers }),
  ]
  const events = open(token, 'events', {})
  expect(await events.answered).toBe(200)
  await expect.poll(async () => (await agent.local().api.info()).terminalConnections).toBe(before + 2)
  await agent.local().api.clients.revoke({ id: client.id })
  const revokedAt = Date.now()
  expect((await Promise.all(ends)).map(({ code }) => code)).toEqual([4001, 4001, 4001])
  await events.closed
  expect(Date.now() - revokedAt).toBeLessThan(1_000)
  expect(await open(token, 'info', {}).answered).toBe(401)
})

it('writes down who did what, and who was refused, and shows it to nobody else', async () => {
  const { token, client } = await agent.pair('writer\u202e')
  const headers = { authorization: `Bearer ${token}` }
  const call = (procedure: string, json: unknown) =>
    request(agent.url, { method: 'POST', path: `/rpc/${procedure}`, headers, body: JSON.stringify({ json }) })
  const patch = { PLANTED: 'planted-secret-value' }
  expect((await call('workspaces/environment/update', { name, patch })).status).toBe(200)
  expect((await call('audit/list', undefined)).status).toBe(403)
  const wrong = { authorization: `Bearer ${'A'.repeat(43)}` }
  await request(agent.url, { method: 'POST', path: '/rpc/info', headers: wrong, body: '{}' })
  await request(agent.url, { method: 'POST', path: '/pair', body: JSON.stringify({ code: 'AAAA-AAAA', name: 'x' }) })
  const { entries } = await agent.local().api.audit.list()
  const from = { kind: 'network', address: '127.0.0.1' }
  const writer = { id: client.id, name: 'writer\uFFFD' }
  expect(entries.slice(0, 5)).toMatchObject([
    { client: { id: 'nobody' }, face: from, action: 'pair', outcome: { kind: 'refused', code: 'UNAUTHORIZED' } },
    { client: { id: 'nobody' }, face: from, action: 'authenticate', outcome: { kind: 'refused' } },
    { client: writer, face: from, action: 'audit.list', outcome: { kind: 'refused', code: 'FORBIDDEN' } },
    { client: writer, action: 'workspaces.environment.update', subject: `${name} PLANTED`, outcome: { kind: 'done' } },
    { client: writer, action: 'pair', subject: 'operate', outcome: { kind: 'done' } },
  ])
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['clients.addToken', 'clients.revoke', 'terminal.open', 'workspaces.create']),
  )
  const written = await readFile(path.join(agent.configDir, 'audit', 'audit.jsonl'), 'utf8')
  expect(written).not.toContain('planted-secret-value')
  expect(written).not.toContain(token)
})
