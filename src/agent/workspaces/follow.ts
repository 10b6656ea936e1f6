import { LABEL, RUNTIME_VOLUME, WORKSPACE_NETWORK } from '../../domain/engine-names.ts'
import type { EngineEvent } from '../engine/engine.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { takeOverLimits } from './limits.ts'
import { noteContainer, VANISHED } from './reconcile.ts'

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
  // The work that is under way knows better than events that come late.
  if (entry.work !== undefined) return
  apply(deps, entry, event)
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
      deps.scripts.cancel(entry.record.id)
      deps.runtimes.release(entry.record.id)
      deps.registry.note(entry, { events: [{ type: 'vanished', failure: VANISHED }], record: { containerId: '' } })
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
