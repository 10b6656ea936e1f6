import net from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AgentProcess } from '../support/agent.ts'
import { request } from '../support/raw-request.ts'

const SOCKETS = 10_000
/** The queue of a listener is short: who comes all at once is not heard. */
const AT_ONCE = 250

/** Another computer, as far as the agent can tell: every address of 127.0.0.0/8 is one of this one. */
const NEIGHBOUR = '127.0.0.2'

/** As many as the agent takes connections in all, by as many as it takes from one address. */
const STRANGERS = 8
const STRANGERS_EACH = 512

let agent: AgentProcess
beforeAll(async () => {
  agent = await AgentProcess.start()
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

/** Begins a request and never goes on; `ended` settles when the agent has let it go, or never took it. */
function halfOpen(localAddress = '127.0.0.1'): { begun: Promise<void>; ended: Promise<void> } {
  const socket = net.connect({ port: agent.port, host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  socket.resume()
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const begun = new Promise<void>((resolve) => {
    socket.once('connect', () => socket.write('GET / HTTP/1.1\r\nHost: ', () => resolve()))
    socket.once('close', () => resolve())
  })
  return { begun, ended }
}

it('ten thousand connections that stop half way are let go, and whoever else comes is answered meanwhile', async () => {
  const ends: Promise<void>[] = []
  let open = 0
  for (let opened = 0; opened < SOCKETS; opened += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, () => halfOpen())
    open += some.length
    for (const { ended } of some) {
      ends.push(
        ended.then(() => {
          open -= 1
        }),
      )
    }
    await Promise.all(some.map(({ begun }) => begun))
    expect(open).toBeGreaterThan(0)
    expect((await request(agent.url, { path: '/health', from: NEIGHBOUR })).status).toBe(200)
  }
  expect(await agent.local().api.info()).toMatchObject({ terminalConnections: 0 })
  await Promise.all(ends)
  expect((await request(agent.url, { path: '/health' })).status).toBe(200)
})

it('eight addresses that hold as many connections as they can keep out nobody who has a token', async () => {
  const { token } = await agent.pair()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const before = agent.remote(token)
  const { version } = await before.api.info()
  let open = 0
  for (let batch = 0; batch < (STRANGERS * STRANGERS_EACH) / AT_ONCE; batch += 1) {
    const some = Array.from({ length: AT_ONCE }, (_, index) => halfOpen(`127.0.0.${2 + (index % STRANGERS)}`))
    open += some.length
    for (const { ended } of some) {
      void ended.then(() => {
        open -= 1
      })
    }
    await Promise.all(some.map(({ begun }) => begun))
    // Whoever comes meanwhile, also from an address that all others come from, is in.
    const answer = await request(agent.url, { path: '/rpc/info', method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(200)
  }
  await expect.poll(() => open).toBeLessThanOrEqual(512)
  expect(await before.api.info()).toMatchObject({ version })
  expect(await agent.remote(token).api.info()).toMatchObject({ version })
})
