import { Resources } from '../../contract/agent/workspace.ts'
import type { Engine } from '../engine/engine.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'

/** Containers that the engine is asked about at once. */
const AT_ONCE = 8

/** Takes over what limits the engine says that a workspace's container has: somebody may have changed them there. */
export async function takeOverLimits(deps: WorkspaceDeps, engine: Engine, entry: Entry): Promise<void> {
  const { containerId, name, areLimitsPending } = entry.record
  // Limits that are meant and not given yet are known better here.
  if (containerId === '' || isBusy(entry) || areLimitsPending === true) return
  try {
    const container = await engine.containers.inspect(containerId)
    if (container === undefined || isBusy(entry) || entry.record.containerId !== container.id) return
    const resources = withKnown(entry.record.resources, container.resources)
    deps.registry.note(entry, { record: { resources } })
  } catch (error) {
    deps.log.warn({ err: error, workspace: name }, 'the limits of a workspace could not be looked at')
  }
}

/** The same for all workspaces, a few at a time. Never rejects. */
export async function takeOverAllLimits(deps: WorkspaceDeps, engine: Engine): Promise<void> {
  const waiting = deps.registry.all()
  const next = async (): Promise<void> => {
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      await takeOverLimits(deps, engine, entry)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

/** Asked anew after each wait: somebody may have begun meanwhile. */
function isBusy({ work }: Entry): boolean {
  return work !== undefined
}

/**
 * The limits that were found, where a record can hold them, else those that are known: the engine says 0 where there is none,
 * and a hand may have set what is out of our bounds. What is written down must be readable at the next start.
 */
export function withKnown(known: Resources, found: Resources): Resources {
  const { cpus, memoryBytes, pids } = Resources.shape
  return {
    cpus: cpus.safeParse(found.cpus).data ?? known.cpus,
    memoryBytes: memoryBytes.safeParse(found.memoryBytes).data ?? known.memoryBytes,
    pids: pids.safeParse(found.pids).data ?? known.pids,
  }
}
