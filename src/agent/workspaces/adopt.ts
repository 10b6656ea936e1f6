import { IMAGE_TEMPLATE } from '../../contract/agent/templates.ts'
import { WorkspaceName } from '../../contract/names.ts'
import { homeVolumeName, LABEL } from '../../domain/engine-names.ts'
import { withDefaultLimits } from '../../domain/resources.ts'
import type { ContainerSummary, Engine, Labels, Volume } from '../engine/engine.ts'
import { WorkspaceRecord } from '../store/records.ts'
import type { WorkspaceDeps } from './deps.ts'
import { withKnown } from './limits.ts'
import { parsePortTargets, portsOf } from './port-targets.ts'
import { subjectOf } from './subject.ts'

/**
 * Makes a record for a container that carries this agent's label and that nothing is written down of: the state was lost,
 * or a creation was cut off before it was written. No-op for one that is known, and for a name that is another's now.
 */
export async function adoptContainer(deps: WorkspaceDeps, engine: Engine, found: ContainerSummary): Promise<void> {
  const known = identityOf(deps, found.labels)
  if (known === undefined) return
  const container = await engine.containers.inspect(found.id)
  if (container === undefined || identityOf(deps, container.labels) === undefined) return
  const { resources, requestedPorts } = container
  const record = WorkspaceRecord.safeParse({
    ...known,
    intent: 'keep',
    status: container.isRunning ? 'running' : 'stopped',
    containerId: container.id,
    created: new Date(container.createdAt).toISOString(),
    ports: portsOf(requestedPorts, known.portTargets),
    type: 'persistent',
    image: container.image,
    docker: container.labels[LABEL.docker],
    resources: withKnown(withDefaultLimits({}, engine.facts), resources),
    // Nobody knows; so nothing is taken for granted when it is to be deleted.
    wasStarted: true,
  })
  if (!record.success) return
  add(deps, record.data)
  const entry = deps.registry.find(known.name)
  if (entry !== undefined && container.isRunning) deps.runtimes.keep(subjectOf(deps, entry))
}

/** As `adoptContainer`, for a home volume whose container is gone: what is in it can be had again, or deleted. */
export async function adoptVolume(deps: WorkspaceDeps, engine: Engine, listed: Volume): Promise<void> {
  const identity = identityOf(deps, listed.labels)
  if (identity === undefined || listed.name !== homeVolumeName(identity.name)) return
  // Looked for once more: a deletion that has ended since the list was made took its record last, its volume before.
  const volume = await engine.volumes.find(listed.name)
  const known = volume === undefined ? undefined : identityOf(deps, volume.labels)
  if (volume === undefined || known === undefined) return
  const createdAt = volume.createdAt === undefined ? deps.now() : new Date(volume.createdAt)
  const record = WorkspaceRecord.safeParse({
    ...known,
    intent: 'keep',
    status: 'error',
    containerId: '',
    created: createdAt.toISOString(),
    ports: {},
    type: 'persistent',
    image: volume.labels[LABEL.image],
    docker: volume.labels[LABEL.docker],
    resources: withDefaultLimits({}, engine.facts),
    wasStarted: true,
    failure: {
      step: 'run',
      code: 'NOT_FOUND',
      message: 'Only its home volume was found.',
      hint: 'Start it to have a container made on it, or delete it.',
    },
  })
  if (record.success) add(deps, record.data)
}

function add(deps: WorkspaceDeps, record: WorkspaceRecord): void {
  deps.log.warn({ workspace: record.name, id: record.id }, 'adopted a workspace that nothing was written down of')
  deps.registry.add(record).written.catch((error: unknown) => {
    deps.log.error({ err: error }, 'the list of workspaces could not be written')
  })
}

type Identity = Pick<WorkspaceRecord, 'id' | 'name' | 'template' | 'portTargets'>

function identityOf(deps: WorkspaceDeps, labels: Labels): Identity | undefined {
  const id = labels[LABEL.workspace]
  const name = WorkspaceName.safeParse(labels[LABEL.name])
  const template = labels[LABEL.template]
  if (id === undefined || template === undefined || !name.success) return undefined
  if (deps.registry.findById(id) !== undefined || deps.registry.find(name.data) !== undefined) return undefined
  if (template !== IMAGE_TEMPLATE && deps.templates.find(template) === undefined) return undefined
  const portTargets = parsePortTargets(labels[LABEL.ports])
  return { id, name: name.data, template, ...(portTargets === undefined ? {} : { portTargets }) }
}
