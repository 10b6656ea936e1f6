import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Engine, EngineContainers } from '../../../src/agent/engine/engine.ts'
import { RuntimeDelivery } from '../../../src/agent/runtime/delivery.ts'
import { RUNTIME_DIR } from '../../support/core-folders.ts'
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
