import type { WorkspaceFailure } from '../../contract/agent/workspace.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { subjectOf } from './subject.ts'

type NoteDeps = Pick<WorkspaceDeps, 'registry' | 'runtimes' | 'scripts' | 'templates'>

interface SeenContainer {
  id: string
  isRunning: boolean
  /** Whether it has just been started. */
  isFresh?: boolean
}

/** What the engine says of the container of a workspace that nobody works on. */
export function noteContainer(deps: NoteDeps, entry: Entry, container: SeenContainer): void {
  const state = container.isRunning ? 'running' : 'stopped'
  // Whoever started it: from now on something may be done in it that no report knows.
  const record = { containerId: container.id, ...(container.isRunning ? { wasStarted: true, report: undefined } : {}) }
  deps.registry.note(entry, { events: [{ type: 'container', state }], record })
  if (container.isRunning) {
    deps.runtimes.keep(subjectOf(deps, entry))
    deps.scripts.ensure(entry, { isFresh: container.isFresh ?? false })
  } else {
    deps.scripts.cancel(entry.record.id)
    deps.runtimes.release(entry.record.id)
  }
}

const VANISHED: WorkspaceFailure = {
  step: 'run',
  code: 'NOT_FOUND',
  message: 'Its container was removed, and not by Berth.',
  hint: 'Start it to have a new one made; the home folder is kept in its volume.',
}

/** The container of a workspace is gone, and nobody here has removed it. */
export function noteVanished(deps: NoteDeps, entry: Entry): void {
  deps.scripts.cancel(entry.record.id)
  deps.runtimes.release(entry.record.id)
  deps.registry.note(entry, { events: [{ type: 'vanished', failure: VANISHED }], record: { containerId: '' } })
}
