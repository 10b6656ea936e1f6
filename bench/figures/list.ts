import { setTimeout as delay } from 'node:timers/promises'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { EngineProxy } from '../../test/support/engine-proxy.ts'
import { startAgent } from '../berth/agent.ts'
import { writeStoppedWorkspaces } from '../berth/stopped-workspaces.ts'
import { type Row, valueRow } from '../table.ts'
import { timed } from '../turns.ts'

const WORKSPACES = 1_000
const ROUNDS = 20
/** No call to the engine for so long: what the start had to look for is done. */
const QUIET_MS = 1_500

/** A list of a thousand workspaces, asked of an agent that has them in its state; calls of the engine are counted. */
export async function measureList(): Promise<Row[]> {
  const proxy = await EngineProxy.start()
  try {
    return await listOf(proxy)
  } finally {
    await proxy[Symbol.asyncDispose]()
  }
}

async function listOf(proxy: EngineProxy): Promise<Row[]> {
  const agent = await startAgent({
    environment: { DOCKER_HOST: `unix://${proxy.socketPath}` },
    prepare: (configDir) => writeStoppedWorkspaces(configDir, { count: WORKSPACES, prefix: 'row' }),
  })
  try {
    const { worker } = agent
    const { length } = await worker.api.workspaces.list()
    if (length !== WORKSPACES) throw new Error(`The agent lists ${length} workspaces.`)
    await untilQuiet(proxy)
    const callsBefore = proxy.calls.length
    const lists: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) lists.push(await timed(() => worker.api.workspaces.list()))
    const calls = proxy.calls.length - callsBefore
    const changes: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) changes.push(await changeRow(worker, `row-${round}`))
    return [
      valueRow({ figure: 'list of 1,000 workspaces', unit: 'ms', goal: { atMost: 50 } }, lists),
      valueRow({ figure: 'list of 1,000: a changed row', unit: 'ms', goal: { atMost: 5 } }, changes),
      valueRow({ figure: `engine calls of ${ROUNDS} lists`, unit: 'calls', goal: { atMost: 0 } }, [calls]),
    ]
  } finally {
    await agent.end()
  }
}

/** From the change of one workspace to the event that tells of it. */
async function changeRow(worker: WorkerClient, name: string): Promise<number> {
  let changed: () => void = () => undefined
  const told = new Promise<void>((resolve) => {
    changed = resolve
  })
  let isListening: () => void = () => undefined
  const listening = new Promise<void>((resolve) => {
    isListening = resolve
  })
  const stop = worker.onEvent((event) => {
    if (event.type === 'reset') isListening()
    if (event.type === 'workspace.changed' && event.workspace.name === name) changed()
  })
  await listening
  const took = await timed(async () => {
    await Promise.all([worker.api.workspaces.update({ name, title: 'changed' }), told])
  })
  stop()
  return took
}

async function untilQuiet(proxy: EngineProxy): Promise<void> {
  for (let seen = -1; seen !== proxy.calls.length; ) {
    seen = proxy.calls.length
    await delay(QUIET_MS)
  }
}
