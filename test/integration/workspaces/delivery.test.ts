import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pino } from 'pino'
import tar from 'tar-stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Engine, EngineContainers } from '../../../src/agent/engine/engine.ts'
import { RuntimeDelivery } from '../../../src/agent/runtime/delivery.ts'
import { RUNTIME_MOUNT } from '../../../src/contract/runtime/api.ts'
import { LABEL } from '../../../src/domain/engine-names.ts'
import { RUNTIME_DIR } from '../../support/core-folders.ts'
import { docker } from '../../support/docker-inspect.ts'
import { noteAgent, openEngine, sweepAgent } from '../../support/engine.ts'

const CARRIER = 'berth-runtime-carrier'

let engine: Engine
let agentId = ''
let delivery: RuntimeDelivery
beforeEach(async () => {
  engine = await openEngine()
  agentId = randomBytes(8).toString('hex')
  noteAgent(agentId)
  delivery = new RuntimeDelivery({ runtimeDir: RUNTIME_DIR, agentId, log: pino({ level: 'silent' }) })
})
afterEach(async () => {
  await sweepAgent(engine, agentId)
})

/** The engine, where `meanwhile` happens while the carrier is in use. */
function engineWith(meanwhile: (carrier: string) => Promise<void>): Engine {
  const containers: EngineContainers = {
    ...engine.containers,
    hasPath: async (carrier, at) => {
      await meanwhile(carrier)
      return await engine.containers.hasPath(carrier, at)
    },
  }
  return { ...engine, containers }
}

it('is not swept away while it goes on', async () => {
  const seen: boolean[] = []
  const bundle = await delivery.ensure(
    engineWith(async (carrier) => {
      await delivery.sweep(engine)
      seen.push((await engine.containers.inspect(carrier)) !== undefined)
    }),
  )
  expect(seen).toEqual([true])
  expect(bundle.folder).not.toBe('')
})

it('goes on at once over what a killed run of the same agent has left', async () => {
  const stuck = engineWith(() => new Promise<void>(() => undefined))
  const killed = new RuntimeDelivery({ runtimeDir: RUNTIME_DIR, agentId, log: pino({ level: 'silent' }) })
  void killed.ensure(stuck)
  await expect.poll(async () => (await engine.containers.inspect(CARRIER))?.labels['berth.agent']).toBe(agentId)
  expect((await delivery.ensure(engine)).folder).not.toBe('')
})

it('is swept when nobody is at it', async () => {
  const killed = new RuntimeDelivery({ runtimeDir: RUNTIME_DIR, agentId, log: pino({ level: 'silent' }) })
  void killed.ensure(engineWith(() => new Promise<void>(() => undefined)))
  const isOurs = async (): Promise<boolean> =>
    (await engine.containers.inspect(CARRIER))?.labels['berth.agent'] === agentId
  await expect.poll(isOurs).toBe(true)
  await delivery.sweep(engine)
  expect(await isOurs()).toBe(false)
})

it('is from nobody else: an empty volume that workspaces share takes nothing of their images', async () => {
  const pack = tar.pack()
  pack.entry({ name: `${RUNTIME_MOUNT.slice(1)}/planted` }, 'x')
  pack.finalize()
  const image = `berth-test/planting:${agentId}`
  await engine.images.importRoot(Readable.from(pack, { objectMode: false }), { reference: image, changes: [] })
  const volume = `berth-test-shared-${agentId}`
  const labels = { [LABEL.agent]: agentId }
  await engine.volumes.create(volume, labels)
  const name = `berth-test-${agentId}`
  const resources = { cpus: 1, memoryBytes: 67_108_864, pids: 64 }
  const mounts = [{ volume, target: RUNTIME_MOUNT, readOnly: true }]
  const spec = { name, image, hostname: name, labels, command: ['-'], resources, network: 'none', tmpfs: {}, ports: {} }
  try {
    const workspace = await engine.containers.create({ ...spec, mounts })
    expect(await engine.containers.hasPath(workspace, `${RUNTIME_MOUNT}/planted`)).toBe(false)
    const carrier = { name: `${name}-carrier`, image, labels, volume, target: RUNTIME_MOUNT }
    const carried = await engine.containers.createCarrier(carrier)
    expect(await engine.containers.hasPath(carried, `${RUNTIME_MOUNT}/planted`)).toBe(false)
  } finally {
    await sweepAgent(engine, agentId)
    await docker('rmi', image)
  }
})
