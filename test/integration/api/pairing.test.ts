import { afterAll, beforeAll, expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { request } from '../../support/raw-request.ts'

let agent: AgentProcess
beforeAll(async () => {
  agent = await AgentProcess.start()
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const pair = (code: string, { name = 'guesser', from }: { name?: string; from?: string } = {}) => {
  const body = JSON.stringify({ code, name })
  return request(agent.url, { method: 'POST', path: '/pair', body, ...(from === undefined ? {} : { from }) })
}

it('takes a code once, however it is written', async () => {
  expect((await agent.local().api.info()).isPairable).toBe(true)
  const { code, lifetimeMs } = await agent.local().api.clients.pair()
  expect(lifetimeMs).toBe(300_000)
  const answer = await pair(` ${code.toLowerCase().replace('-', ' ')} `)
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toMatchObject({ client: { name: 'guesser', scope: 'operate' } })
  expect(JSON.parse(answer.text).token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect((await pair(code)).status).toBe(401)
})

it('takes no code that was replaced, and none from a page of another site', async () => {
  const local = agent.local()
  const first = await local.api.clients.pair()
  const second = await local.api.clients.pair()
  expect((await pair(first.code)).status).toBe(401)
  const crossed = await request(agent.url, {
    method: 'POST',
    path: '/pair',
    headers: { origin: 'https://evil.example' },
    body: JSON.stringify({ code: second.code, name: 'x' }),
  })
  expect(crossed.status).toBe(403)
  expect((await pair(second.code)).status).toBe(200)
})

it('takes no more tries of an address at a code after five, nor at any after ten, and says so to its owner', async () => {
  const local = agent.local()
  const events = await local.api.events({})
  // From here on nothing is missed.
  await events.next()
  const { code } = await local.api.clients.pair()
  const wrong = []
  for (let tried = 0; tried < 12; tried += 1) wrong.push((await pair('AAAA-AAAA')).status)
  expect(wrong.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
  expect(wrong.at(-1)).toBe(429)
  expect((await pair(code)).status).toBe(429)
  for await (const event of events) if (event.type === 'agent.warning' && event.code === 'pairing_guessed') break
  expect(await local.api.clients.list()).toHaveLength(2)
  expect((await pair(code, { from: '127.0.0.2' })).status).toBe(200)
})
