import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/websocket'
import { afterEach, describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../test/support/manual-clock.ts'
import { SIMULATED_ID } from '../../test/support/simulated-screen.ts'
import { SimulatedTerminal } from '../../test/support/simulated-terminal.ts'
import type { AgentEvent } from '../contract/agent/events.ts'
import { agentContract } from '../contract/agent/index.ts'
import type { AgentInfo } from '../contract/agent/info.ts'
import { createWorkerClient } from './create-worker-client.ts'
import { PortFrames } from './frames/port-frames.ts'
import { LinkError } from './link-error.ts'
import { createPortLink } from './links/port-link.ts'
import type { ConnectionState, WorkerClient, WorkerLink } from './worker-client.ts'

const AT = '2026-01-01T00:00:00.000Z'

const info = (protocol: string): AgentInfo => ({
  agentId: 'a',
  hostname: 'h',
  uptime: 1,
  workspacesCount: 0,
  dockerVersion: '',
  terminalConnections: 0,
  version: '1',
  protocol,
  capabilities: [],
  engine: { status: 'ready', message: 'Ready.' },
  templates: [],
  diagnostics: [],
})

/** An agent's calls on real MessagePorts: events of one epoch, kept from the first. */
function simulatedAgent(settings: { protocol?: string; keep?: number } = {}) {
  const os = implement(agentContract)
  const log: AgentEvent[] = [{ id: 'e-1', at: AT, type: 'reset' }]
  const ports: MessagePort[] = []
  const subscribers = new Set<() => void>()
  let listCalls = 0
  const router = {
    info: os.info.handler(() => info(settings.protocol ?? '1.0')),
    events: os.events.handler(async function* ({ input, signal }) {
      let position = input.after === undefined ? 0 : log.findIndex((event) => event.id === input.after) + 1
      while (signal?.aborted !== true) {
        const event = log[position]
        if (event !== undefined) {
          position += 1
          yield event
          continue
        }
        await new Promise<void>((resolve) => {
          subscribers.add(resolve)
          signal?.addEventListener('abort', () => resolve())
        })
      }
    }),
    workspaces: {
      list: os.workspaces.list.handler(() => {
        listCalls += 1
        return []
      }),
      get: os.workspaces.get.handler(() => new Promise(() => undefined)),
    },
  }
  const handler = new RPCHandler(router)
  return {
    get listCalls() {
      return listCalls
    },
    connections: 0,
    openWorker(): MessagePort {
      this.connections += 1
      const { port1, port2 } = new MessageChannel()
      const frames = new PortFrames(port2)
      const wire = new EventTarget()
      handler.upgrade(Object.assign(wire, { send: (data: unknown) => frames.send(String(data)) }))
      frames.listen({
        message: (data) => wire.dispatchEvent(new MessageEvent('message', { data })),
        closed: () => wire.dispatchEvent(new Event('close')),
      })
      ports.push(port2)
      return port1
    },
    publish(id: string): void {
      log.push({ id, at: AT, type: 'agent.warning', code: 'c', message: id })
      for (const wake of subscribers) wake()
      subscribers.clear()
    },
    crash(): void {
      for (const port of ports.splice(0)) port.close()
    },
  }
}

const open: WorkerClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.dispose()
})

const notHere = (): never => {
  throw new LinkError('unreachable', 'Not here.')
}

function client(
  agent: { openWorker(): MessagePort },
  clock = new ManualClock(),
  openTerminal: WorkerLink['openTerminal'] = notHere,
) {
  const ports = createPortLink({
    openWorker: () => agent.openWorker(),
    openTerminal: notHere,
    openUpload: notHere,
  })
  const link = { ...ports, openTerminal }
  const worker = createWorkerClient({ link, clock, random: () => 0.5, waitForLinkMs: 1000 })
  const states: ConnectionState[] = []
  worker.onConnection((state) => states.push(state))
  open.push(worker)
  return { worker, clock, states }
}

/** Lets messages pass between ports, which takes turns of the event loop. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !isTrue(); turn += 1) await settle()
  expect(isTrue()).toBe(true)
}

describe('a worker over a link that breaks', () => {
  it('tells every event once, in order, over reconnections', async () => {
    const agent = simulatedAgent()
    const { worker, clock } = client(agent)
    const ids: string[] = []
    worker.onEvent((event) => ids.push(event.id))
    await until(() => ids.length === 1)
    for (let round = 2; round < 20; round += 3) {
      agent.publish(`e-${round}`)
      agent.publish(`e-${round + 1}`)
      if (round % 2 === 0) await until(() => ids.includes(`e-${round}`))
      agent.crash()
      agent.publish(`e-${round + 2}`)
      await until(() => worker.connection.status === 'reconnecting')
      await clock.advance(30_000)
      await until(() => worker.connection.status === 'live')
      await clock.advance(30_000)
      await until(() => ids.includes(`e-${round + 2}`))
    }
    expect(ids).toEqual(Array.from({ length: 19 }, (_, index) => `e-${index + 1}`))
  })

  it('tells what happens as soon as the link is back, however often it was lost without a word', async () => {
    const agent = simulatedAgent()
    const { worker } = client(agent)
    const ids: string[] = []
    worker.onEvent((event) => ids.push(event.id))
    await until(() => ids.length === 1)
    for (let round = 2; round < 10; round += 1) {
      agent.crash()
      await until(() => worker.connection.status === 'reconnecting')
      worker.retryNow()
      await until(() => worker.connection.status === 'live')
    }
    agent.publish('e-2')
    await until(() => ids.includes('e-2'))
  })

  it('tells what happens as soon as a worker that refused lets it in again', async () => {
    const settings = { protocol: '1.0' }
    const agent = simulatedAgent(settings)
    const { worker, clock } = client(agent)
    const ids: string[] = []
    worker.onEvent((event) => ids.push(event.id))
    await until(() => ids.length === 1)
    settings.protocol = '2.0'
    agent.crash()
    await until(() => worker.connection.status === 'reconnecting')
    await clock.advance(30_000)
    await until(() => worker.connection.status === 'refused')
    await clock.advance(600_000)
    settings.protocol = '1.0'
    worker.retryNow()
    await until(() => worker.connection.status === 'live')
    agent.publish('e-2')
    await until(() => ids.includes('e-2'))
  })

  it('lets calls wait for the link, and sends each once', async () => {
    const agent = simulatedAgent()
    const { worker, clock } = client(agent)
    await until(() => worker.connection.status === 'live')
    agent.crash()
    await until(() => worker.connection.status === 'reconnecting')
    const list = worker.api.workspaces.list()
    await clock.advance(900)
    await expect(list).resolves.toEqual([])
    expect(agent.listCalls).toBe(1)
  })

  it('is tried again at once when one of its terminals has got through', async () => {
    const agent = simulatedAgent()
    const clock = new ManualClock()
    const terminal = new SimulatedTerminal({ clock })
    const openWorker = { now: () => agent.openWorker() }
    const { worker } = client({ openWorker: () => openWorker.now() }, clock, (_workspace, signal) =>
      terminal.open(signal),
    )
    const states: string[] = []
    worker.openTerminal({
      ...{ workspace: 'alpha', terminal: SIMULATED_ID, cols: 80, rows: 24 },
      onOutput: (_bytes, parsed) => parsed(),
      onState: ({ status }) => states.push(status),
    })
    await until(() => worker.connection.status === 'live' && states.at(-1) === 'live')
    openWorker.now = notHere
    agent.crash()
    const retryInMs = (): number =>
      worker.connection.status === 'reconnecting' ? worker.connection.retryAt - clock.now() : 0
    await until(() => worker.connection.status === 'reconnecting')
    while (retryInMs() < 5_000) await clock.advance(100)
    openWorker.now = () => agent.openWorker()
    terminal.break(1006)
    await clock.advance(1_000)
    await until(() => worker.connection.status === 'live')
    expect(states).toEqual(['live', 'reconnecting', 'live'])
  })

  it('rejects a call under way when the link breaks, and does not repeat it', async () => {
    const agent = simulatedAgent()
    const { worker } = client(agent)
    await until(() => worker.connection.status === 'live')
    const call = worker.api.workspaces.get({ name: 'alpha' })
    const failure = expect(call).rejects.toMatchObject({ name: 'LinkError', code: 'UNREACHABLE' })
    await settle()
    agent.crash()
    await failure
  })

  it('rejects a call that waited too long, and all of them at once after dispose', async () => {
    const agent = simulatedAgent()
    const { worker, clock } = client(agent)
    await until(() => worker.connection.status === 'live')
    agent.openWorker = () => {
      throw new LinkError('unreachable', 'Gone.')
    }
    agent.crash()
    await until(() => worker.connection.status === 'reconnecting')
    const late = expect(worker.api.info()).rejects.toMatchObject({ code: 'UNREACHABLE' })
    await clock.advance(1001)
    await late
    const disposed = expect(worker.api.info()).rejects.toMatchObject({ code: 'CLOSED' })
    worker.dispose()
    await disposed
    await expect(worker.api.info()).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('rejects calls under way at its own dispose', async () => {
    const { worker } = client(simulatedAgent())
    await until(() => worker.connection.status === 'live')
    const call = expect(worker.api.workspaces.get({ name: 'alpha' })).rejects.toThrow()
    await settle()
    worker.dispose()
    await call
  })

  it('gives an abort of the caller back as an abort', async () => {
    const { worker } = client(simulatedAgent())
    await until(() => worker.connection.status === 'live')
    const own = new AbortController()
    const call = expect(worker.api.workspaces.get({ name: 'alpha' }, { signal: own.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
    await settle()
    own.abort()
    await call
  })
})

describe('a worker that does not fit', () => {
  it('is refused for good, until someone tries again', async () => {
    const agent = simulatedAgent({ protocol: '2.0' })
    const { worker, clock, states } = client(agent)
    await until(() => worker.connection.status === 'refused')
    expect(worker.connection).toMatchObject({ reason: 'incompatible' })
    await clock.advance(600_000)
    expect(agent.connections).toBe(1)
    await expect(worker.api.info()).rejects.toMatchObject({ code: 'INCOMPATIBLE' })
    worker.retryNow()
    await until(() => agent.connections === 2 && worker.connection.status === 'refused')
    expect(states.map((state) => state.status)).toEqual(['refused', 'connecting', 'refused'])
  })

  it('is waited for while it says nothing, and tried again', async () => {
    const silent = { openWorker: () => new MessageChannel().port1 }
    const { worker, clock } = client(silent)
    await clock.advance(15_001)
    await until(() => worker.connection.status === 'reconnecting')
  })
})
