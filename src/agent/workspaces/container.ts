import { containerName, dockerVolumeName, homeVolumeName, LABEL, ownNetworkName } from '../../domain/engine-names.ts'
import { AgentError } from '../agent-error.ts'
import type { Container, Engine } from '../engine/engine.ts'
import { NameTaken } from '../engine/errors.ts'
import type { ReadyImage } from '../engine/images/template-images.ts'
import { reachesContainers } from '../runtime/start.ts'
import { containerSpec, networkOf, workspaceLabels } from './container-spec.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { placeOf } from './subject.ts'

export interface Preparation {
  entry: Entry
  engine: Engine
  image: ReadyImage
}

/** Makes the home volume and the container, or finds them where an earlier run has made them. */
export async function prepareContainer(deps: WorkspaceDeps, preparation: Preparation): Promise<void> {
  const { entry } = preparation
  const { name } = entry.record
  await ensureVolume(deps, preparation, homeVolumeName(name))
  if (entry.record.docker !== undefined) {
    await Promise.all([ensureVolume(deps, preparation, dockerVolumeName(name)), ensureOwnNetwork(deps, preparation)])
  }
  const containerId = await makeContainer(deps, preparation)
  await noteContainer(deps, entry, containerId)
}

async function ensureVolume(deps: WorkspaceDeps, { entry, engine }: Preparation, name: string): Promise<void> {
  const volume = await engine.volumes.create(name, workspaceLabels(deps.agentId, entry.record))
  if (!isOf(deps, entry, volume.labels)) throw notOurs('volume', name)
}

/**
 * Makes the network anew that a stopped container is joined to (somebody has pruned what no container ran on), and joins it to
 * that. What is in the container stays.
 */
export async function rejoinNetwork(
  deps: Pick<WorkspaceDeps, 'agentId' | 'network'>,
  { entry, engine }: Pick<Preparation, 'entry' | 'engine'>,
): Promise<void> {
  if (entry.record.docker === undefined) {
    deps.network.forget()
    await deps.network.ensure(engine)
  } else {
    await ensureOwnNetwork(deps, { entry, engine })
  }
  await engine.networks.rejoin(networkOf(entry.record), entry.record.containerId)
}

/** A network on which this workspace is alone. */
async function ensureOwnNetwork(
  deps: Pick<WorkspaceDeps, 'agentId'>,
  { entry, engine }: Pick<Preparation, 'entry' | 'engine'>,
): Promise<void> {
  const name = ownNetworkName(entry.record.name)
  try {
    await engine.networks.createIsolated(name, workspaceLabels(deps.agentId, entry.record))
  } catch (error) {
    if (!(error instanceof NameTaken)) throw error
    const found = await engine.networks.find(name)
    if (found === undefined || !isOf(deps, entry, found.labels)) throw notOurs('network', name)
  }
}

async function makeContainer(deps: WorkspaceDeps, { entry, engine, image }: Preparation): Promise<string> {
  const publishRuntime = !reachesContainers(deps.config.engine.runtimeAddress, engine)
  const { agentId } = deps
  try {
    const containerId = await engine.containers.create(
      containerSpec({ agentId, record: entry.record, image, publishRuntime }),
    )
    await deps.lastScreens.carried.bring(engine, { ...placeOf(entry), containerId })
    return containerId
  } catch (error) {
    if (!(error instanceof NameTaken)) throw error
    const found = await engine.containers.inspect(containerName(entry.record.name))
    if (found === undefined) throw error
    if (!isOf(deps, entry, found.labels)) throw notOurs('container', found.name)
    return found.id
  }
}

/** Removes the container and makes it with other ports: the engine could not publish one of those it had. */
export async function remakeWithOtherPorts(
  deps: WorkspaceDeps,
  preparation: Preparation,
  refused: ReadonlySet<number>,
): Promise<void> {
  const { entry, engine } = preparation
  await engine.containers.remove(entry.record.containerId)
  deps.registry.note(entry, { events: [{ type: 'container_removed' }], record: { containerId: '' } })
  const ports = await deps.ports.allocate(entry.record, refused)
  try {
    await deps.registry.update(entry, { record: { ports } })
  } finally {
    deps.ports.release(ports)
  }
  await noteContainer(deps, entry, await makeContainer(deps, preparation))
}

async function noteContainer(deps: WorkspaceDeps, entry: Entry, containerId: string): Promise<void> {
  deps.registry.note(entry, { events: [{ type: 'container', state: 'stopped' }], record: { containerId } })
}

/** Whether labels say that this is this very workspace's. */
export function isOf(deps: Pick<WorkspaceDeps, 'agentId'>, entry: Entry, labels: Container['labels']): boolean {
  return labels[LABEL.agent] === deps.agentId && labels[LABEL.workspace] === entry.record.id
}

function notOurs(kind: string, name: string): AgentError {
  return new AgentError('CONFLICT', `The engine has a ${kind} ${name} that is not of this workspace.`, {
    hint: `Delete this workspace and choose another name, or remove the ${kind} yourself if nobody needs it.`,
  })
}
