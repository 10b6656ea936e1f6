import { containerName, LABEL } from '../../domain/engine-names.ts'
import type { ContainerSummary, Engine, Labels } from '../engine/engine.ts'
import { adoptContainer, adoptVolume } from './adopt.ts'
import { beginDeletion, type Deletions } from './delete.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { isUnavailable } from './failures.ts'
import { lookAtContainer } from './look-after.ts'
import { noteContainer, noteVanished } from './note-container.ts'

/**
 * Brings records and engine together, at the start and whenever events may have been missed: containers and volumes of
 * ours without a record are adopted, workspaces whose container is gone are marked, deletions that were cut off are
 * completed, runtimes are kept up. What is being worked on by this very agent is left to that work.
 */
export async function reconcile(deps: WorkspaceDeps, deletions: Deletions, engine: Engine): Promise<void> {
  const ours: Labels = { [LABEL.agent]: deps.agentId }
  // What was worked on, or changed, while the lists were made may be otherwise than they say.
  const before = new Map(deps.registry.all().map((entry) => [entry, entry.work === undefined ? entry.life : undefined]))
  const [containers, volumes] = await Promise.all([
    engine.containers.list(ours),
    engine.volumes.list(ours),
    deps.delivery.sweep(engine),
  ])
  const byId = new Map<string, ContainerSummary>()
  for (const container of containers) {
    const id = container.labels[LABEL.workspace] ?? ''
    // A container of an image that somebody committed from a workspace has that one's labels.
    const isKnown = container.id === deps.registry.findById(id)?.record.containerId
    if (isKnown || container.name === containerName(container.labels[LABEL.name] ?? '')) byId.set(id, container)
  }
  for (const entry of deps.registry.all()) {
    const isSure = before.get(entry) === entry.life
    const finding = { entry, engine, container: byId.get(entry.record.id), isSure }
    await apart(deps, entry.record.name, () => settle(deps, deletions, finding))
  }
  for (const container of containers) await apart(deps, container.name, () => adoptContainer(deps, engine, container))
  for (const volume of volumes) await apart(deps, volume.name, () => adoptVolume(deps, engine, volume))
  // What could not be adopted is in the engine all the same, and may be adopted another time.
  const inEngine = new Set([...containers, ...volumes].map(({ labels }) => labels[LABEL.workspace]))
  const isKnown = (id: string): boolean => deps.registry.knowsId(id) || inEngine.has(id)
  await apart(deps, 'env', () => deps.environments.keepOnly(isKnown))
}

/** What is the matter with one is told in the log, and keeps nothing from the others. An engine that is gone ends it all. */
async function apart(deps: WorkspaceDeps, subject: string, work: () => void | Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (isUnavailable(error)) throw error
    deps.log.error({ err: error, subject }, 'could not be brought in line with the engine')
  }
}

interface Finding {
  entry: Entry
  engine: Engine
  container: ContainerSummary | undefined
  /** Whether it has not changed since before the engine was asked. */
  isSure: boolean
}

async function settle(
  deps: WorkspaceDeps,
  deletions: Deletions,
  { entry, engine, container, isSure }: Finding,
): Promise<void> {
  if (entry.work !== undefined || deletions.has(entry)) return
  if (entry.record.intent === 'delete') {
    beginDeletion(deps, deletions, { entry, engine }).catch((error: unknown) => {
      deps.log.warn({ err: error, workspace: entry.record.name }, 'a deletion that was cut off could not be completed')
    })
    return
  }
  if (!isSure) await lookAtContainer(deps, entry, { engine, isWanted: () => entry.work === undefined })
  else if (container === undefined) noteVanished(deps, entry)
  else noteContainer(deps, entry, container)
}
