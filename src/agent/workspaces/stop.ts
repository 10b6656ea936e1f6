import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { AgentError } from '../agent-error.ts'
import type { Engine } from '../engine/engine.ts'
import type { WorkspaceDeps } from './deps.ts'
import { endPrograms } from './end-programs.ts'
import { type Entry, toInfo } from './entry.ts'
import { exclusively } from './exclusive.ts'
import { toAgentError } from './failures.ts'
import { bringUp } from './start.ts'
import { startNoted } from './start-noted.ts'
import { applyPendingLimits } from './update.ts'

/** Time that the container's own program has before it is killed; those of the user have ended, or had theirs, by then. */
const GRACE_SECONDS = 10

/** Stops a workspace. What deleting it would lose is found out first, for afterwards nobody can look. Throws `AgentError`. */
export async function stopWorkspace(deps: WorkspaceDeps, name: string): Promise<WorkspaceInfo> {
  const entry = deps.registry.get(name)
  return await exclusively(entry, 'stopped', async () => {
    await changeContainer(deps, { entry, verb: 'stopping', doing: `stopping ${name}` }, () =>
      haltContainer(deps, entry, { report: true }),
    )
    return toInfo(entry)
  })
}

/** Stops a workspace, if it runs, and starts it. Throws `AgentError`. */
export async function restartWorkspace(deps: WorkspaceDeps, name: string): Promise<WorkspaceInfo> {
  const entry = deps.registry.get(name)
  return await exclusively(entry, 'restarted', async (signal) => {
    await changeContainer(deps, { entry, verb: 'restarting', doing: `restarting ${name}` }, async () => {
      await haltContainer(deps, entry, { report: false })
      await applyPendingLimits(deps, entry)
      await startNoted(deps, entry, await deps.link.require())
      await bringUp(deps, entry, signal)
    })
    return toInfo(entry)
  })
}

async function changeContainer(
  deps: WorkspaceDeps,
  { entry, verb, doing }: { entry: Entry; verb: 'stopping' | 'restarting'; doing: string },
  work: () => Promise<void>,
): Promise<void> {
  await deps.link.require()
  if (entry.life.container === 'none') {
    throw new AgentError('CONFLICT', `${entry.record.name} has no container.`, {
      hint: 'Start it to have one made, or delete it.',
    })
  }
  deps.registry.note(entry, { events: [{ type: 'began', verb }] })
  try {
    await work()
  } catch (error) {
    throw toAgentError(error, doing)
  } finally {
    deps.registry.note(entry, { events: [{ type: 'ended' }] })
  }
}

/** Ends what runs in it, then the container; with `report`, what a deletion would lose is found out in between. */
export async function haltContainer(deps: WorkspaceDeps, entry: Entry, asked: { report: boolean }): Promise<void> {
  if (entry.life.container !== 'running') return
  const engine = await deps.link.require()
  deps.scripts.cancel(entry.record.id)
  // Its end is meant: nobody is to start it again.
  const letGo = deps.runtimes.hold(entry.record.id)
  try {
    const [report, reportedRun] = await Promise.all([
      endPrograms(deps, { engine, entry, report: asked.report }),
      runOf(engine, entry.record.containerId),
    ])
    await engine.containers.stop(entry.record.containerId, GRACE_SECONDS)
    const record = { report, reportedRun }
    await deps.registry.update(entry, { events: [{ type: 'container', state: 'stopped' }], record })
  } finally {
    letGo()
  }
}

/** Names the run of a container that is under way; undefined where the engine does not say. */
async function runOf(engine: Engine, containerId: string): Promise<string | undefined> {
  const container = await engine.containers.inspect(containerId).catch(() => undefined)
  return container?.runStartedAt
}
