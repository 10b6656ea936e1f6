import net from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { AgentProcess } from '../../support/agent.ts'
import { request } from '../../support/raw-request.ts'

let agent: AgentProcess
let token: string
beforeAll(async () => {
  agent = await AgentProcess.start()
  token = (await agent.pair()).token
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

it('gives one client a bounded number of sockets', async () => {
  const headers = { authorization: `Bearer ${token}` }
  const sockets = Array.from(
    { length: 160 },
    () => new WebSocket(`${agent.url.replace('http', 'ws')}/rpc`, { headers }),
  )
  const refusals: number[] = []
  const settled = sockets.map(
    (socket) =>
      new Promise<void>((resolve) => {
        socket.on('error', () => undefined)
        socket.once('close', (code) => {
          refusals.push(code)
          resolve()
        })
        // One that answers a call is in.
        socket.once('open', () => socket.send('{"i":"1","p":{"u":"/info"}}'))
        socket.once('message', () => resolve())
      }),
  )
  await Promise.all(settled)
  expect(refusals).toEqual(Array.from({ length: 32 }, () => 1008))
  for (const socket of sockets) socket.terminate()
})

it('slows a client that asks without end, and nobody else', async () => {
  const worker = agent.remote(token)
  await worker.api.info()
  const outcomes = await Promise.allSettled(Array.from({ length: 1500 }, () => worker.api.info()))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code)
  expect(new Set(refused)).toEqual(new Set(['TOO_MANY_REQUESTS']))
  const local = agent.local()
  const others = await Promise.allSettled(Array.from({ length: 1500 }, () => local.api.info()))
  expect(others.every(({ status }) => status === 'fulfilled')).toBe(true)
})

it('ends what it refuses, though the client does not, so that nobody is locked out', async () => {
  const refusals: string[] = []
  const clients: net.Socket[] = []
  const paths = ['/rpc', '/nowhere', '/terminal/x']
  // More than one address may have open, a few at a time.
  for (let turn = 0; turn < 12; turn += 1) {
    const opened = Array.from({ length: 50 }, (_, index) => refusedUpgrade(paths[index % 3] ?? '/', clients))
    refusals.push(...(await Promise.all(opened)))
  }
  expect(refusals).toHaveLength(600)
  expect(refusals.filter((text) => !text.startsWith('HTTP/1.1 421 '))).toEqual([])
  expect((await request(agent.url, { path: '/health' })).status).toBe(200)
  for (const client of clients) client.destroy()
})

/** Asks for a WebSocket as another host, and never closes its side. Resolves with what was answered. */
function refusedUpgrade(path: string, clients: net.Socket[]): Promise<string> {
  const client = net.connect({ port: agent.port, host: '127.0.0.1', allowHalfOpen: true })
  clients.push(client)
  let text = ''
  client.on('data', (part) => {
    text += part.toString('latin1')
  })
  client.on('error', () => undefined)
  client.write(
    `GET ${path} HTTP/1.1\r\nhost: evil.example\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      'sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  return new Promise((resolve) => {
    client.once('end', () => resolve(text))
    client.once('close', () => resolve(text))
  })
}
