import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { UPLOAD_SUBPROTOCOL } from '../../../src/contract/upload/limits.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { leftOvers } from '../../support/engine.ts'
import { TerminalProbe } from '../../support/terminal-probe.ts'

/** Without an engine inside, so that its creation ends in an error: that it is privileged is what counts. */
const PRIVILEGED = { image: 'debian:bookworm-slim', docker: 'privileged' as const }
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl somebody'

let agent: AgentProcess
beforeAll(async () => {
  agent = await AgentProcess.start()
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const FORBIDDEN = { code: 'FORBIDDEN', data: { hint: expect.stringContaining('ws agent pair --scope admin') } }

describe('a client of the scope “operate”', () => {
  it.each(['privileged', true] as const)('makes no workspace with Docker inside: %s', async (docker) => {
    const { token } = await agent.pair('phone')
    const name = uniqueName('root')
    const made = agent.remote(token).api.workspaces.create({ name, docker })
    await expect(made).rejects.toMatchObject(FORBIDDEN)
    expect(await agent.local().api.workspaces.list()).toEqual([])
    const left = await leftOvers(agent.engine, await agent.agentId())
    expect(left.filter((one) => one.includes(name))).toEqual([])
  })
})

describe('a client of the scope “read”', () => {
  it('sees workspaces without their start scripts, in lists and in events', async () => {
    const name = uniqueName('scripted')
    const script = 'export KEY=planted-in-a-script'
    const reader = agent.remote((await agent.pair('wall', 'read')).token)
    const seen: string[] = []
    reader.onEvent((event) => seen.push(JSON.stringify(event)))
    await reader.api.info()
    const worker = agent.local().api.workspaces
    expect(await worker.create({ name, startScript: script })).toMatchObject({ startScript: script })
    await worker.update({ name, title: 'Done' })
    await expect.poll(() => seen.some((event) => event.includes('"title":"Done"'))).toBe(true)
    seen.push(
      JSON.stringify(await reader.api.workspaces.list()),
      JSON.stringify(await reader.api.workspaces.get({ name })),
    )
    expect(seen.join('\n')).not.toContain('planted-in-a-script')
    await expect(reader.api.workspaces.exec({ name, command: ['id'] })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await worker.delete({ name, force: true })
  })
})

describe('a workspace with privileged Docker inside', () => {
  const name = uniqueName('owned')
  let token = ''
  beforeAll(async () => {
    const owner = await agent.pair('laptop', 'admin')
    expect(owner.client.scope).toBe('admin')
    const made = await agent.remote(owner.token).api.workspaces.create({ name, ...PRIVILEGED })
    expect(made).toMatchObject({ docker: 'privileged', containerId: expect.stringMatching(/./) })
    token = (await agent.pair('phone')).token
  })

  it('runs no programs for a client of the scope “operate”', async () => {
    const { workspaces } = agent.remote(token).api
    expect(await workspaces.get({ name })).toMatchObject({ docker: 'privileged' })
    const refused = [
      () => workspaces.exec({ name, command: ['id'] }),
      () => workspaces.authorizeKey({ name, publicKey: KEY }),
      () => workspaces.update({ name, startScript: 'id' }),
      () => workspaces.environment.update({ name, patch: { LD_PRELOAD: '/tmp/mine.so' } }),
    ]
    for (const attempt of refused) await expect(attempt(), String(attempt)).rejects.toMatchObject(FORBIDDEN)
    expect(await workspaces.update({ name, title: 'Its title' })).toMatchObject({ title: 'Its title' })
  })

  it('opens no terminal for it either, in either protocol, and says why', async () => {
    const place = { url: agent.url, token, path: `/terminal/${name}` }
    const terminal = await TerminalProbe.connect(place)
    await terminal.untilClosed()
    expect(terminal.messages).toMatchObject([{ type: 'error', code: 'FORBIDDEN' }])
    const headers = { authorization: `Bearer ${token}` }
    const simple = new WebSocket(`${agent.url.replace('http', 'ws')}${place.path}`, { headers })
    const [code, reason] = await once(simple, 'close')
    expect([code, String(reason)]).toEqual([1011, expect.stringContaining('may not run programs in')])
  })

  it('takes no files from it: one of them might be run', async () => {
    const headers = { authorization: `Bearer ${token}` }
    const upload = new WebSocket(`${agent.url.replace('http', 'ws')}/upload/${name}`, UPLOAD_SUBPROTOCOL, { headers })
    const [answer] = await once(upload, 'message')
    expect(JSON.parse(String(answer))).toMatchObject({ type: 'error', code: 'FORBIDDEN' })
  })

  it('runs them where the owner allows it, from then on', async () => {
    const { workspaces } = agent.remote(token).api
    await agent.local().api.config.settings.update({ privilegedDocker: 'operate' })
    expect(await workspaces.exec({ name, command: ['id', '-u'] })).toMatchObject({ exitCode: 0 })
    await agent.local().api.config.settings.update({ privilegedDocker: null })
    await expect(workspaces.exec({ name, command: ['id'] })).rejects.toMatchObject(FORBIDDEN)
  })
})
