import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { AgentApi } from '../../../src/contract/agent/index.ts'
import { AgentProcess, uniqueName } from '../../support/agent.ts'
import { leftOvers } from '../../support/engine.ts'

let agent: AgentProcess
let client: AgentApi
let authorization: string
const alpha = uniqueName('alpha')
const wanted = uniqueName('wanted')

beforeAll(async () => {
  agent = await AgentProcess.start()
  authorization = `Bearer ${(await agent.pair('program')).token}`
  client = createORPCClient(new RPCLink({ url: `${agent.url}/rpc`, headers: { authorization } }))
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

describe('a program with the client of the seed', () => {
  it('makes, lists, stops, starts and deletes', async () => {
    const made = await client.workspaces.create({ name: alpha, env: { GREETING: 'hello there' } })
    expect(made).toMatchObject({ name: alpha, status: 'running', template: 'base' })
    expect(await client.workspaces.list()).toMatchObject([{ name: alpha }])
    const said = await client.workspaces.exec({ name: alpha, command: ['sh', '-c', 'printf %s "$GREETING"; exit 3'] })
    expect(said).toMatchObject({ exitCode: 3, stdout: 'hello there' })
    expect(await client.workspaces.stop({ name: alpha })).toMatchObject({ status: 'stopped' })
    expect(await client.workspaces.start({ name: alpha })).toMatchObject({ status: 'running' })
    expect(await client.workspaces.get({ name: alpha })).toMatchObject({ id: made.id, status: 'running' })
    expect(await client.workspaces.logs({ name: alpha })).toContain('create')
    expect(await client.info()).toMatchObject({ workspacesCount: 1, protocol: '1.0', engine: { status: 'ready' } })
    expect(await client.workspaces.delete({ name: alpha })).toEqual({ success: true })
    expect(await client.workspaces.list()).toEqual([])
    expect(await leftOvers(agent.engine, await agent.agentId())).toEqual([])
  })

  it('gets the codes of the contract, with what to do', async () => {
    await expect(client.workspaces.get({ name: 'nope' })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true })
    await expect(client.workspaces.create({ name: 'Not a name' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: 'name' }] },
    })
  })

  it('is one winner of a hundred that want one name', async () => {
    const tries = Array.from({ length: 100 }, () => client.workspaces.create({ name: wanted }))
    const outcomes = await Promise.allSettled(tries)
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code)
    expect(won).toHaveLength(1)
    expect(lost).toEqual(Array.from({ length: 99 }, () => 'CONFLICT'))
    const left = await leftOvers(agent.engine, await agent.agentId())
    expect(left.toSorted()).toEqual([`container workspace-${wanted}`, `volume workspace-${wanted}-home`])
  })

  it('hears of events over HTTP, and ends them', async () => {
    const own = new AbortController()
    const events = await client.events({}, { signal: own.signal })
    const heard: string[] = []
    for await (const event of events) {
      heard.push(event.type)
      if (event.type === 'reset') void client.workspaces.stop({ name: wanted })
      if (
        event.type === 'workspace.changed' &&
        event.workspace.status === 'stopped' &&
        event.workspace.activity === undefined
      )
        break
    }
    expect(heard[0]).toBe('reset')
    await client.workspaces.start({ name: wanted })
  })
})

describe('the simple protocol of terminals', () => {
  const open = (name: string): WebSocket =>
    new WebSocket(`${agent.url.replace('http', 'ws')}/terminal/${name}`, { headers: { authorization } })
  const closeOf = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve))

  it('carries bytes both ways, takes sizes, and closes with 1000 at the end', async () => {
    const socket = open(wanted)
    const seen: Buffer[] = []
    const ready = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer, isBinary) => {
        expect(isBinary).toBe(true)
        seen.push(data)
        resolve()
      })
    })
    await new Promise((resolve) => socket.once('open', resolve))
    await ready
    socket.send(JSON.stringify({ type: 'resize', cols: 101, rows: 37 }))
    socket.send(Buffer.from('stty size; exit\n'))
    expect(await closeOf(socket)).toBe(1000)
    expect(Buffer.concat(seen).toString('utf8')).toContain('37 101')
  })

  it('ends the terminal with its socket', async () => {
    const socket = open(wanted)
    await new Promise((resolve) => socket.once('message', resolve))
    expect(await client.terminals.list({ workspace: wanted })).not.toEqual([])
    const changed = new Promise<void>((resolve) => {
      const stop = agent.local().onEvent((event) => {
        if (event.type === 'terminals.changed') {
          stop()
          resolve()
        }
      })
    })
    socket.close()
    await changed
    await expect
      .poll(async () =>
        (await client.terminals.list({ workspace: wanted })).filter(
          ({ exit, endedBy }) => exit === undefined && endedBy === undefined,
        ),
      )
      .toEqual([])
  })

  it('says by its close code why it cannot be', async () => {
    expect(await closeOf(open('nowhere'))).toBe(4004)
    const confused = open(wanted)
    confused.once('open', () => confused.send('{"type":"resize"'))
    expect(await closeOf(confused)).toBe(1007)
    const stopped = open(wanted)
    await new Promise((resolve) => stopped.once('message', resolve))
    const closed = closeOf(stopped)
    await client.workspaces.stop({ name: wanted })
    expect(await closed).toBe(1001)
    expect(await closeOf(open(wanted))).toBe(1001)
  })
})
