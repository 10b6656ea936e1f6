import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import net, { type Server } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { WebSocketFrames } from '../../src/client/frames/web-socket-frames.ts'
import { RPC_SUBPROTOCOL } from '../../src/contract/terminal/limits.ts'
import { secretPath, socketOf } from '../../src/local-agent/place.ts'
import { agentSockets } from '../../src/local-agent/sockets.ts'
import { AgentProcess } from '../support/agent.ts'

/** Sockets stand in for the pipes of Windows: they have a name that another user has taken, and the same handshake. */
let agent: AgentProcess
let secret: Uint8Array
const servers: Server[] = []
beforeAll(async () => {
  agent = await AgentProcess.start()
  secret = await readFile(secretPath(agent.configDir))
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

async function listening(server: Server): Promise<string> {
  servers.push(server)
  const file = path.join(agent.configDir, `${randomBytes(4).toString('hex')}.s`)
  server.listen(file)
  await once(server, 'listening')
  return file
}

function opened(place: { path: string; secret: Uint8Array }): Promise<void> {
  return new WebSocketFrames(agentSockets(place)('/rpc', [RPC_SUBPROTOCOL])).opened
}

it('the agent of the folder proves that it is the one, and is asked as ever', async () => {
  const place = { ...socketOf(agent.configDir), secret }
  expect(await agent.local(place).api.info()).toMatchObject({ terminalConnections: 0 })
  await expect(opened({ ...place, secret: randomBytes(32) })).rejects.toMatchObject({ reason: 'unreachable' })
})

it.each([
  ['without a proof', []],
  ['with one of its own', [`berth-proof: ${'0'.repeat(64)}`]],
])('who took the place %s is told nothing', async (_what, added) => {
  const server = http.createServer()
  const webSockets = new WebSocketServer({ server, handleProtocols: () => RPC_SUBPROTOCOL })
  webSockets.on('headers', (headers) => headers.push(...added))
  const heard: unknown[] = []
  const left = new Promise<void>((resolve) => {
    webSockets.on('connection', (socket) => {
      socket.on('message', (message) => heard.push(message))
      socket.on('close', () => resolve())
    })
  })
  const place = { path: await listening(server), secret }
  await expect(opened(place)).rejects.toMatchObject({ reason: 'unreachable' })
  await left
  expect(heard).toEqual([])
})

it('who has the true agent answer for him is told nothing either', async () => {
  const relay = net.createServer((near) => {
    const far = net.connect(agent.socketPath)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await expect(opened({ path: await listening(relay), secret })).rejects.toMatchObject({ reason: 'unreachable' })
})

it('a network asks for no proof in vain: none is given there', async () => {
  const { token } = await agent.pair()
  const headers = {
    ...{ connection: 'upgrade', upgrade: 'websocket', authorization: `Bearer ${token}` },
    ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' },
    'berth-challenge': '0'.repeat(64),
  }
  const asked = http.get(`${agent.url}/rpc`, { headers })
  const [response, socket] = (await once(asked, 'upgrade')) as [http.IncomingMessage, net.Socket]
  expect(response.headers).not.toHaveProperty('berth-proof')
  socket.destroy()
})
