import { LABEL, RUNTIME_VOLUME, WORKSPACE_NETWORK } from '../../domain/engine-names.ts'
import type { EngineEvent } from '../engine/engine.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { takeOverLimits } from './limits.ts'
import { lookAfterwards } from './look-after.ts'
import { noteContainer, noteVanished } from './note-container.ts'

/** What tells that a container runs, runs no more, or is gone. */
const RUN_CHANGES: ReadonlySet<string> = new Set(['start', 'die', 'destroy'])

/** Takes in what the engine says has happened: what is known of containers, images, volumes and networks stays true. */
export function followEvent(deps: WorkspaceDeps, event: EngineEvent, onStranger: () => void): void {
  switch (event.kind) {
    case 'container':
      followContainer(deps, event, onStranger)
      return
    case 'image':
      if (event.action === 'delete' || event.action === 'untag') deps.images.forget()
      return
    case 'volume':
      if (event.action === 'destroy' && event.id === RUNTIME_VOLUME) deps.delivery.forget()
      return
    case 'network':
      if (event.action === 'destroy' && event.attributes['name'] === WORKSPACE_NETWORK) deps.network.forget()
      return
  }
}

function followContainer(deps: WorkspaceDeps, event: EngineEvent, onStranger: () => void): void {
  if (event.attributes[LABEL.agent] !== deps.agentId) return
  const id = event.attributes[LABEL.workspace]
  if (id === undefined) return
  const entry = deps.registry.findById(id)
  if (entry === undefined) {
    if (event.action !== 'destroy') onStranger()
    return
  }
  if (entry.work === undefined) apply(deps, entry, event)
  else if (RUN_CHANGES.has(event.action) && event.id === entry.record.containerId) lookAfterwards(deps, entry)
}

function apply(deps: WorkspaceDeps, entry: Entry, event: EngineEvent): void {
  const isItsContainer = event.id === entry.record.containerId
  if (!isItsContainer && !(event.action === 'create' && entry.record.containerId === '')) return
  switch (event.action) {
    case 'create':
    case 'die':
      noteContainer(deps, entry, { id: event.id, isRunning: false })
      return
    case 'start':
      deps.registry.note(entry, { record: { startedAt: deps.now().toISOString() } })
      noteContainer(deps, entry, { id: event.id, isRunning: true, isFresh: true })
      return
    case 'update':
      lookAtLimits(deps, entry)
      return
    case 'destroy':
      noteVanished(deps, entry)
      return
    default:
  }
}

function lookAtLimits(deps: WorkspaceDeps, entry: Entry): void {
  const engine = deps.link.current
  if (engine === undefined) return
  takeOverLimits(deps, engine, entry).catch((error: unknown) => {
    deps.log.error({ err: error, workspace: entry.record.name }, 'new limits could not be taken over')
  })
}
