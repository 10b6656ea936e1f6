import type { Engine } from '../engine/engine.ts'
import { EngineFailure, NetworkGone } from '../engine/errors.ts'
import { rejoinNetwork } from './container.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'

type StartDeps = Pick<WorkspaceDeps, 'registry' | 'agentId' | 'network'>

/**
 * Starts a workspace's container. That work may be done in it from now on is on the disk before it runs: an agent that
 * is killed in between must never take it for one that holds nothing, or for what it was at its last stop. Throws as
 * the engine does, and when the list could not be written; then it was not started.
 */
export async function startNoted(deps: StartDeps, entry: Entry, engine: Engine): Promise<void> {
  const { wasStarted, report } = entry.record
  await deps.registry.update(entry, { record: { wasStarted: true, report: undefined } })
  try {
    await startJoined(deps, entry, engine)
  } catch (error) {
    // The engine said no (it did not merely fail to answer): nothing ran, and what was true before still is.
    if (error instanceof EngineFailure && error.status !== 0)
      deps.registry.note(entry, { record: { wasStarted, report } })
    throw error
  }
}

async function startJoined(deps: StartDeps, entry: Entry, engine: Engine): Promise<void> {
  const start = (): Promise<void> => engine.containers.start(entry.record.containerId)
  try {
    await start()
  } catch (error) {
    if (!(error instanceof NetworkGone)) throw error
    await rejoinNetwork(deps, { entry, engine })
    await start()
  }
}
