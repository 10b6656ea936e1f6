import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { startAgent } from '../berth/agent.ts'
import { memoryMb, runtimePid } from '../machine/processes.ts'
import type { Subject } from '../subject.ts'
import { type Row, valueRow } from '../table.ts'

const STARTS = 5
const WORKSPACES = 4
/** After a start, for what it still does. */
const SETTLED_MS = 5_000

/** A headless agent: how soon it answers, and what it takes when nothing happens. */
export async function measureAgent(): Promise<Row[]> {
  const starts: number[] = []
  const memory: number[] = []
  for (let round = 0; round < STARTS; round += 1) {
    const agent = await startAgent()
    starts.push(agent.startMs)
    await delay(SETTLED_MS)
    memory.push(await memoryMb([agent.pid]))
    await agent.end()
  }
  return [
    valueRow({ figure: 'agent: start → /health', unit: 'ms', goal: { atMost: 400 } }, starts),
    valueRow({ figure: 'agent: memory, idle', unit: 'MB', goal: { atMost: 90 } }, memory),
  ]
}

/** The runtimes of four workspaces that nobody uses. */
export async function measureRuntimes({ worker, docker }: Subject): Promise<Row[]> {
  const names = Array.from({ length: WORKSPACES }, () => `bench-${randomUUID().slice(0, 8)}`)
  try {
    const made = await Promise.all(names.map((name) => worker.api.workspaces.create({ name })))
    await delay(SETTLED_MS)
    const pids = await Promise.all(made.map(({ containerId }) => runtimePid(docker, containerId)))
    const memory = await Promise.all(pids.map((pid) => memoryMb([pid])))
    return [valueRow({ figure: 'runtime: memory, idle, of 4', unit: 'MB', goal: { atMost: 35 } }, memory)]
  } finally {
    await Promise.all(names.map((name) => worker.api.workspaces.delete({ name, force: true })))
  }
}
