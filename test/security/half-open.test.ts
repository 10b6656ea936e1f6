import net from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AgentProcess } from '../support/agent.ts'
import { request } from '../support/raw-request.ts'

const SOCKETS = 10_000
/** The queue of a listener is short: who comes all at once is not heard. */
const AT_ONCE = 250

let agent: AgentProcess
beforeAll(async () => {
  agent = await AgentProcess.start()
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

/** Begins a request and never goes on; `ended` settles when the agent has let it go, or never took it. */
function halfOpen(): { begun: Promise<void>; ended: Promise<void> } {
  const socket = net.connect(agent.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.resume()
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const begun = new Promise<void>((resolve) => {
    socket.once('connect', () => socket.write('GET / HTTP/1.1\r\nHost: ', () => resolve()))
    socket.once('close', () => resolve())
  })
  return { begun, ended }
}

it('ten thousand connections that stop half way are let go, and whoever belongs here is answered meanwhile', async () => {
  const ends: Promise<void>[] = []
  for (let opened = 0; opened < SOCKETS; opened += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, halfOpen)
    ends.push(...some.map(({ ended }) => ended))
    await Promise.all(some.map(({ begun }) => begun))
  }
  expect(await agent.local().api.info()).toMatchObject({ terminalConnections: 0 })
  await Promise.all(ends)
  await expect.poll(async () => (await request(agent.url, { path: '/health' })).status).toBe(200)
})
