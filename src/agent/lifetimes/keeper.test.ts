import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock, settle } from '../../../test/support/manual-clock.ts'
import type { AgentEvent } from '../../contract/agent/events.ts'
import type { RuntimeActivity } from '../../contract/runtime/api.ts'
import { createEventLog } from '../events/event-log.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import { StateStore } from '../store/state-store.ts'
import type { Entry } from '../workspaces/entry.ts'
import { WorkspaceRegistry } from '../workspaces/registry.ts'
import type { End } from './ends.ts'
import { type KeeperDeps, LifetimeKeeper } from './keeper.ts'
import { lifeAsAsked } from './terms.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let folder = ''
let clock: ManualClock
let store: StateStore
let registry: WorkspaceRegistry
let keeper: LifetimeKeeper
let told: AgentEvent[]
let done: string[]
/** What runtimes and the engine answer in a test. */
let activity: () => RuntimeActivity | undefined
let end: (entry: Entry, isOver: () => boolean) => Promise<End>
const leaving = new AbortController()

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-keeper-'))
  clock = new ManualClock()
  store = new StateStore(path.join(folder, 'state.json'), { version: 1, workspaces: {} })
  told = []
  done = []
  activity = () => ({ idleMs: 50 * HOUR, busy: [] })
  end = async () => 'kept'
  open()
})
afterEach(async () => {
  await keeper.dispose()
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

/** An agent that begins on what is written down. */
function open(): void {
  const events = createEventLog({ epoch: 'test', now: () => new Date(clock.now()) })
  const log = pino({ level: 'silent' })
  registry = new WorkspaceRegistry({ store, events, log })
  const deps: KeeperDeps = {
    registry,
    events,
    clock,
    look: async () => activity(),
    stopIdle: async (entry) => {
      done.push('stop')
      registry.note(entry, { events: [{ type: 'container', state: 'stopped' }] })
    },
    expire: async (entry, isOver) => {
      done.push('expire')
      return await end(entry, isOver)
    },
    log,
  }
  keeper = new LifetimeKeeper(deps)
  keeper.start()
  const listen = async (): Promise<void> => {
    for await (const event of events.subscribe(undefined, leaving.signal)) told.push(event)
  }
  void listen()
}

async function make(asked: Parameters<typeof lifeAsAsked>[0]): Promise<Entry> {
  const record: WorkspaceRecord = {
    id: 'ws-abcdefghijkl',
    name: 'alpha',
    intent: 'keep',
    status: 'running',
    containerId: 'abc',
    created: new Date(clock.now()).toISOString(),
    ports: {},
    ...lifeAsAsked(asked, { now: new Date(clock.now()), settings: { idleStopSeconds: 0 } }),
    template: 'base',
    resources: { cpus: 1, memoryBytes: 1_000_000_000, pids: 100 },
    wasStarted: true,
    wasMade: true,
  }
  const { entry } = registry.add(record)
  await settle()
  return entry
}

const warnings = (): string[] => told.flatMap((event) => (event.type === 'agent.warning' ? [event.code] : []))
const leftMs = ({ record }: Entry): number => Date.parse(record.expiresAt ?? '') - clock.now()

describe('the time of a workspace that a program made', () => {
  it('is announced once, then over; what was kept is let be', async () => {
    const entry = await make({ type: 'agent', ttlSeconds: 7200 })
    await clock.advance(110 * MINUTE - 1)
    expect(warnings()).toEqual([])
    await clock.advance(2 * MINUTE)
    expect(warnings()).toEqual(['workspace_expiring'])
    expect(entry.record.notice?.code).toBe('expiring')
    expect(done).toEqual([])
    await clock.advance(10 * MINUTE)
    expect(done).toEqual(['expire'])
    expect(entry.record.expiresAt).toBeUndefined()
    await clock.advance(100 * HOUR)
    expect(done).toEqual(['expire'])
  })

  it('is put off by whoever was at work meanwhile, and by a touch', async () => {
    const entry = await make({ type: 'agent', ttlSeconds: 7200 })
    activity = () => ({ idleMs: 30 * MINUTE, busy: [] })
    await clock.advance(111 * MINUTE)
    expect(warnings()).toEqual([])
    expect(leftMs(entry)).toBeGreaterThan(85 * MINUTE)
    keeper.active(entry.record.id, 0)
    expect(leftMs(entry)).toBe(120 * MINUTE)
    activity = () => ({ idleMs: 50 * HOUR, busy: [] })
    await clock.advance(112 * MINUTE)
    expect(entry.record.notice?.code).toBe('expiring')
    keeper.touch(entry)
    expect(entry.record.notice).toBeUndefined()
    expect(leftMs(entry)).toBe(120 * MINUTE)
  })

  it('is neither lengthened nor shortened by a wall clock that is set, nor counted while a computer sleeps', async () => {
    const entry = await make({ type: 'agent', ttlSeconds: 7200 })
    await clock.advance(HOUR)
    clock.jump(400 * HOUR)
    await clock.advance(MINUTE)
    expect(leftMs(entry)).toBeGreaterThan(58 * MINUTE)
    clock.jump(-900 * HOUR)
    clock.sleep(30 * HOUR)
    await clock.advance(MINUTE)
    expect(leftMs(entry)).toBeGreaterThan(57 * MINUTE)
    expect(warnings()).toEqual([])
    await clock.advance(HOUR)
    expect(done).toEqual(['expire'])
  })

  it('is put off when nobody can say who is at work, once', async () => {
    await make({ type: 'agent', ttlSeconds: 7200 })
    activity = () => undefined
    await clock.advance(121 * MINUTE)
    expect(done).toEqual([])
    await clock.advance(12 * MINUTE)
    expect(done).toEqual(['expire'])
  })

  it('is not over while what is to be done about it fails, and is tried again', async () => {
    await make({ type: 'agent', ttlSeconds: 7200 })
    end = () => Promise.reject(new Error('no engine'))
    await clock.advance(121 * MINUTE)
    expect(done).toEqual(['expire'])
    end = async (entry) => {
      await registry.remove(entry)
      return 'deleted'
    }
    await clock.advance(6 * MINUTE)
    expect(done).toEqual(['expire', 'expire'])
    await clock.advance(HOUR)
    expect(done).toHaveLength(2)
  })

  it('is not over for who ends it, once somebody has touched it meanwhile', async () => {
    const entry = await make({ type: 'agent', ttlSeconds: 7200 })
    const over: boolean[] = []
    end = async (ending, isOver) => {
      over.push(isOver())
      // Its container is stopped first, and that takes a while.
      registry.note(ending, { events: [{ type: 'container', state: 'stopped' }] })
      over.push(isOver())
      keeper.touch(ending)
      over.push(isOver())
      return 'left'
    }
    await clock.advance(121 * MINUTE)
    expect(over).toEqual([true, true, false])
    expect(leftMs(entry)).toBeGreaterThan(100 * MINUTE)
  })

  it('goes on in the next agent, however long there was none', async () => {
    await make({ type: 'agent', ttlSeconds: 7200 })
    await clock.advance(HOUR)
    await keeper.dispose()
    clock.sleep(168 * HOUR)
    told = []
    open()
    const entry = registry.get('alpha')
    await clock.advance(MINUTE)
    expect(warnings()).toEqual(['workspace_expiring'])
    expect(leftMs(entry)).toBeGreaterThan(8 * MINUTE)
    await clock.advance(7 * MINUTE)
    expect(done).toEqual([])
    await clock.advance(3 * MINUTE)
    expect(done).toEqual(['expire'])
  })
})

describe('the patience with a workspace that nobody uses', () => {
  it('ends when its runtime says so, and not before', async () => {
    const entry = await make({ idleStopSeconds: 3600 })
    activity = () => ({ idleMs: 0, busy: ['program'] })
    await clock.advance(61 * MINUTE)
    expect(done).toEqual([])
    expect(Date.parse(entry.record.lastActiveAt ?? '')).toBeGreaterThan(clock.now() - 2 * MINUTE)
    activity = () => ({ idleMs: 50 * HOUR, busy: [] })
    await clock.advance(HOUR)
    expect(done).toEqual(['stop'])
    await clock.advance(50 * HOUR)
    expect(done).toEqual(['stop'])
  })

  it('does not end where its runtime says nothing, and never where none was set', async () => {
    const entry = await make({ idleStopSeconds: 3600 })
    activity = () => undefined
    await clock.advance(3 * HOUR)
    expect(done).toEqual([])
    activity = () => ({ idleMs: 50 * HOUR, busy: [] })
    await registry.update(entry, { record: { idleStopSeconds: 0 } })
    await clock.advance(100 * HOUR)
    expect(done).toEqual([])
  })
})
