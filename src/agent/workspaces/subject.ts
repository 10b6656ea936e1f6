import type { Place } from '../engine-terminals/place.ts'
import type { RuntimeSubject } from '../runtime/supervisor-deps.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'

/** A workspace as its runtime's supervisor knows it. Of a template that is gone: the runtime finds its user by itself. */
export function subjectOf(deps: Pick<WorkspaceDeps, 'templates'>, { record }: Entry): RuntimeSubject {
  const { id, name, containerId } = record
  const user = deps.templates.findOf(record)?.user
  const hasDocker = record.docker !== undefined
  return { workspaceId: id, name, containerId, hasDocker, ...(user === undefined ? {} : { user }) }
}

/** A workspace as the engine's own terminals know it. */
export function placeOf({ record }: Entry): Place {
  return { workspaceId: record.id, name: record.name, containerId: record.containerId }
}
