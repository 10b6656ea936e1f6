import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../../src/agent/engine/engine.ts'
import { EngineFailure, EngineUnavailable } from '../../../src/agent/engine/errors.ts'
import { createEventLog } from '../../../src/agent/events/event-log.ts'
import type { WorkspaceRecord } from '../../../src/agent/store/records.ts'
import { StateStore } from '../../../src/agent/store/state-store.ts'
import { WorkspaceNetwork } from '../../../src/agent/workspaces/network.ts'
import { WorkspaceRegistry } from '../../../src/agent/workspaces/registry.ts'
import { startNoted } from '../../../src/agent/workspaces/start-noted.ts'

const RECORD: WorkspaceRecord = {
  id: 'ws-abcdefghijkl',
  name: 'alpha',
  intent: 'keep',
  status: 'stopped',
  containerId: 'abc',
  created: '2026-01-01T00:00:00.000Z',
  ports: {},
  type: 'persistent',
  template: 'base',
  resources: { cpus: 1, memoryBytes: 1_000_000_000, pids: 100 },
  report: { clean: true, checkedAt: '2026-01-01T00:00:00.000Z', reasons: [] },
  wasStarted: false,
  wasMade: true,
}

/** An engine that can do nothing but start containers. */
const engineThat = (start: () => Promise<void>): Engine => ({ containers: { start } }) as unknown as Engine

let folder = ''
let registry: WorkspaceRegistry
let store: StateStore
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'berth-noted-'))
  store = new StateStore(path.join(folder, 'state.json'), { version: 1, workspaces: {} })
  const events = createEventLog({ epoch: 'test', now: () => new Date() })
  registry = new WorkspaceRegistry({ store, events, log: pino({ level: 'silent' }) })
  await registry.add(RECORD).written
})
afterEach(async () => {
  await store.flush()
  await rm(folder, { recursive: true, force: true })
})

const deps = () => ({ registry, agentId: 'nobody', network: new WorkspaceNetwork() })

async function onDisk(): Promise<Partial<WorkspaceRecord>> {
  return JSON.parse(await readFile(path.join(folder, 'state.json'), 'utf8')).workspaces.alpha
}

describe('the start of a container', () => {
  it('is on the disk before it happens, and with it that no report holds any more', async () => {
    let seen: Partial<WorkspaceRecord> = {}
    const engine = engineThat(async () => {
      seen = await onDisk()
    })
    await startNoted(deps(), registry.get('alpha'), engine)
    expect(seen.wasStarted).toBe(true)
    expect(seen.report).toBeUndefined()
  })

  it('that the engine refused leaves what was true before', async () => {
    const engine = engineThat(() => Promise.reject(new EngineFailure(500, 'no')))
    await expect(startNoted(deps(), registry.get('alpha'), engine)).rejects.toThrow('no')
    await store.flush()
    expect(await onDisk()).toMatchObject({ wasStarted: false, wasMade: true, report: { clean: true } })
  })

  it('that nobody knows the outcome of counts as one', async () => {
    const engine = engineThat(() => Promise.reject(new EngineUnavailable('broken', undefined)))
    await expect(startNoted(deps(), registry.get('alpha'), engine)).rejects.toThrow()
    await store.flush()
    const written = await onDisk()
    expect(written.wasStarted).toBe(true)
    expect(written.report).toBeUndefined()
  })

  it('does not happen where it cannot be written down, not even when it is tried again', async () => {
    await store.flush()
    await rm(folder, { recursive: true, force: true })
    let starts = 0
    const engine = engineThat(async () => {
      starts += 1
    })
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(startNoted(deps(), registry.get('alpha'), engine)).rejects.toThrow()
    }
    expect(starts).toBe(0)
  })
})
