import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Engine } from '../../src/agent/engine/engine.ts'
import { findEngine } from '../../src/agent/engine/search.ts'
import { LABEL } from '../../src/domain/engine-names.ts'
import { isAlive } from './alive.ts'

/** Who made what in the engine, by the process that did: so that a run that crashed is swept by the next one. */
const LEDGER = path.join(os.tmpdir(), 'berth-test-agents')

/** The real engine, by the adapter that the agent uses. */
export async function openEngine(environment: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const sources = { environment, configuredHost: undefined, platform: process.platform }
  const found = await findEngine(sources, false)
  if (found.kind !== 'found') throw new Error(`These tests need an engine: ${found.state.message}`)
  return found.connection.open()
}

/** Remembers that this process makes things under this agent's label. */
export function noteAgent(agentId: string): void {
  mkdirSync(LEDGER, { recursive: true })
  writeFileSync(path.join(LEDGER, `${process.pid}-${agentId}`), '')
}

/** Removes every container, volume and network of an agent. */
export async function sweepAgent(engine: Engine, agentId: string): Promise<void> {
  const labels = { [LABEL.agent]: agentId }
  for (const { id } of await engine.containers.list(labels)) await engine.containers.remove(id)
  for (const { name } of await engine.volumes.list(labels)) await engine.volumes.remove(name)
  for (const { name } of await engine.networks.list(labels)) await engine.networks.remove(name)
  rmSync(path.join(LEDGER, `${process.pid}-${agentId}`), { force: true })
}

/** Removes what test runs left whose processes are gone. */
export async function sweepDeadRuns(engine: Engine): Promise<void> {
  mkdirSync(LEDGER, { recursive: true })
  for (const file of readdirSync(LEDGER)) {
    const [pid = '', agentId = ''] = file.split('-')
    if (isAlive(Number(pid))) continue
    await sweepAgent(engine, agentId)
    rmSync(path.join(LEDGER, file), { force: true })
  }
}

/** Names of the containers, volumes and networks that carry an agent's label. */
export async function leftOvers(engine: Engine, agentId: string): Promise<string[]> {
  const labels = { [LABEL.agent]: agentId }
  const { containers, volumes, networks } = engine
  const found = await Promise.all([containers.list(labels), volumes.list(labels), networks.list(labels)])
  const kinds = ['container', 'volume', 'network']
  return found.flatMap((all, index) => all.map(({ name }) => `${kinds[index]} ${name}`))
}
