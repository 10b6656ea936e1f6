import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import type { Engine } from '../engine/engine.ts'
import { makeAnew } from './creation.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { exclusively, stopIfCancelled } from './exclusive.ts'
import { toAgentError } from './failures.ts'
import { collectImages, imageWaiter, noteOutdated, wantedOf } from './images.ts'
import { haltContainer } from './stop.ts'
import { placeOf } from './subject.ts'

/**
 * Makes the container of a workspace anew from what its image is now, and starts it. Home, engine inside, ports, environment
 * and limits stay, and what terminals showed last; what was written elsewhere (packages installed by hand, files outside of the
 * home) is lost with the old container. That one runs on until the new image is there: where it cannot be had this throws `AgentError`, and nothing
 * has changed. A later step that fails leaves the workspace in `error`, to be started again.
 */
export async function rebuildWorkspace(deps: WorkspaceDeps, name: string): Promise<WorkspaceInfo> {
  const entry = deps.registry.get(name)
  const engine = await deps.link.require()
  const info = await exclusively(entry, 'rebuilt', async (signal) => {
    deps.registry.note(entry, { events: [{ type: 'began', verb: 'rebuilding' }] })
    try {
      await removeForNewImage(deps, { entry, engine, signal })
    } catch (error) {
      throw toAgentError(error, `rebuilding ${name}`)
    } finally {
      deps.registry.note(entry, { events: [{ type: 'ended' }] })
    }
    return await makeAnew(deps, { entry, engine, signal })
  })
  await noteOutdated(deps)
  void collectImages(deps, engine)
  return info
}

async function removeForNewImage(
  deps: WorkspaceDeps,
  { entry, engine, signal }: { entry: Entry; engine: Engine; signal: AbortSignal },
): Promise<void> {
  const { record } = entry
  const waiter = imageWaiter(deps, record.id, { onProgress: () => undefined, signal })
  await deps.images.renew(engine, wantedOf(deps, record), waiter)
  stopIfCancelled(signal, record.name)
  await haltContainer(deps, entry, { report: false })
  stopIfCancelled(signal, record.name)
  // Nobody's question starts a runtime in a container that goes.
  const letGo = deps.runtimes.hold(record.id)
  try {
    if (entry.record.containerId !== '') {
      await deps.lastScreens.carried.take(engine, placeOf(entry))
      await engine.containers.remove(entry.record.containerId)
    }
    await deps.registry.update(entry, { events: [{ type: 'container_removed' }], record: { containerId: '' } })
  } finally {
    letGo()
  }
}
