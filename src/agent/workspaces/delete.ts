import { containerName, dockerVolumeName, homeVolumeName, LABEL, ownNetworkName } from '../../domain/engine-names.ts'
import { AgentError } from '../agent-error.ts'
import type { Engine } from '../engine/engine.ts'
import { isOf } from './container.ts'
import { deletionReport } from './deletion-report.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { DELETED, exclusively } from './exclusive.ts'
import { toAgentError, toFailure } from './failures.ts'
import { collectImages } from './images.ts'
import type { Change } from './registry.ts'

/** Deletions under way: whoever asks again waits for the same one. */
export type Deletions = Map<Entry, Promise<void>>

/**
 * Deletes a workspace for good: container, home volume, ports, environment, record. Without `force` only when a report
 * taken now is clean. A creation or start under way is ended. What is meant is written down first, so that a deletion that
 * was cut off is completed by the next agent. Throws `AgentError`.
 */
export async function deleteWorkspace(
  deps: WorkspaceDeps,
  deletions: Deletions,
  { name, force }: { name: string; force: boolean },
): Promise<void> {
  const entry = deps.registry.get(name)
  const underWay = deletions.get(entry)
  if (underWay !== undefined) {
    await underWay
    return
  }
  if (!force && entry.record.intent !== 'delete') await refuseUnlessClean(deps, name)
  const engine = await deps.link.require()
  const deletion = deletions.get(entry) ?? beginDeletion(deps, deletions, { entry, engine })
  await deletion
}

/** Carries a deletion through; recorded in `deletions` while it lasts. */
export function beginDeletion(
  deps: WorkspaceDeps,
  deletions: Deletions,
  { entry, engine }: { entry: Entry; engine: Engine },
): Promise<void> {
  const deletion = carryOut(deps, entry, engine).finally(() => deletions.delete(entry))
  deletions.set(entry, deletion)
  return deletion
}

async function refuseUnlessClean(deps: WorkspaceDeps, name: string): Promise<void> {
  const report = await deletionReport(deps, name)
  if (report.clean) return
  throw new AgentError('PRECONDITION_FAILED', `${name} holds work that exists nowhere else, or could not be checked.`, {
    hint: 'Push it, or delete the workspace all the same with force.',
    data: { report },
  })
}

async function carryOut(deps: WorkspaceDeps, entry: Entry, engine: Engine): Promise<void> {
  while (entry.work !== undefined) {
    entry.work.cancel.abort()
    // Said at once: what it waits for may be an engine that does not answer.
    deps.registry.note(entry, { events: [{ type: 'began', verb: 'deleting' }] })
    await entry.work.ended
  }
  const { name } = entry.record
  await exclusively(entry, DELETED, async () => {
    deps.scripts.cancel(entry.record.id)
    // Whoever asks for its runtime meanwhile (a terminal that comes back) must not have it started, and watched for ever.
    const letGo = deps.runtimes.hold(entry.record.id)
    try {
      await noteIntent(deps, entry)
      await removeFromEngine(deps, entry, engine)
      await deps.environments.remove(entry.record.id)
      deps.lastScreens.carried.forget(entry.record.id)
      await deps.registry.remove(entry)
      deps.journal.forget(entry.record.id)
      void collectImages(deps, engine)
    } catch (error) {
      const failure = toFailure(error, 'run', `deleting ${name}`)
      const hint = 'Delete it again. It is also gone on with when Docker or the agent starts again.'
      deps.registry.note(entry, { events: [{ type: 'failed', failure: { ...failure, hint } }] })
      throw toAgentError(error, `deleting ${name}`)
    } finally {
      letGo()
    }
  })
}

/** On a full disk it cannot be written, and deleting is how one makes room: then a deletion that is cut off is asked for again. */
async function noteIntent(deps: WorkspaceDeps, entry: Entry): Promise<void> {
  const change: Change = { events: [{ type: 'began', verb: 'deleting' }], record: { intent: 'delete' } }
  await deps.registry.update(entry, change).catch((error: unknown) => {
    deps.log.warn({ err: error, workspace: entry.record.name }, 'that it is to be deleted could not be written')
  })
}

/** By name and label rather than by what the record says: a container made in the moment of a crash is found as well. */
async function removeFromEngine(deps: WorkspaceDeps, entry: Entry, engine: Engine): Promise<void> {
  const { name, id, containerId } = entry.record
  const [labelled, named] = await Promise.all([
    engine.containers.list({ [LABEL.agent]: deps.agentId, [LABEL.workspace]: id }),
    engine.containers.inspect(containerName(name)),
  ])
  // Not every container with its labels: one of an image that was committed from it has them too, and is somebody's.
  const ids = new Set(labelled.map((container) => container.id).filter((one) => one === containerId))
  if (named !== undefined && isOf(deps, entry, named.labels)) ids.add(named.id)
  await Promise.all([...ids].map((container) => engine.containers.remove(container)))
  for (const called of [homeVolumeName(name), dockerVolumeName(name)]) {
    const volume = await engine.volumes.find(called)
    if (volume !== undefined && isOf(deps, entry, volume.labels)) await engine.volumes.remove(volume.name)
  }
  const network = await engine.networks.find(ownNetworkName(name))
  if (network !== undefined && isOf(deps, entry, network.labels)) await engine.networks.remove(ownNetworkName(name))
}
