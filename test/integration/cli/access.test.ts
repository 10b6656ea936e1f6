import { afterAll, beforeAll, expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { request } from '../../support/raw-request.ts'
import { ws } from './ws-command.ts'

let agent: AgentProcess
beforeAll(async () => {
  agent = await AgentProcess.start()
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const said = async (...words: string[]): Promise<string> => (await ws(agent, words)).stdout.toString()

it('a token is made for a program, alone on the output, listed, and written down without its value', async () => {
  const made = await ws(agent, ['agent', 'token', 'add', 'nightly build', '--scope', 'read', '--days', '30'])
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('not shown again') })
  const token = made.stdout.toString().trim()
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const headers = { authorization: `Bearer ${token}` }
  const call = (procedure: string) =>
    request(agent.url, { method: 'POST', path: `/rpc/${procedure}`, headers, body: '{}' })
  expect((await call('info')).status).toBe(200)
  expect((await call('clients/list')).status).toBe(403)

  expect(await said('agent', 'clients')).toMatch(/ nightly build +token +read +.* ago +in 29 d +.* from 127\.0\.0\.1$/m)
  const audit = await said('agent', 'audit')
  expect(audit).toMatch(/^20.* local +socket +clients\.addToken +nightly build read +done$/m)
  expect(audit).toMatch(/nightly build +127\.0\.0\.1 +clients\.list +refused: FORBIDDEN$/m)
  expect(audit).not.toContain(token)
  const newest = JSON.parse(await said('agent', 'audit', '--json', '--entries', '1'))
  expect(newest).toMatchObject([{ action: 'clients.list', outcome: { kind: 'refused' } }])
})
