import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { isCancellable, isRetriable } from '../../domain/lifecycle.ts'
import { AgentError } from '../agent-error.ts'
import { remakeWorkspace } from './creation.ts'
import { type Deletions, deleteWorkspace } from './delete.ts'
import type { WorkspaceDeps } from './deps.ts'
import { toAgentError } from './failures.ts'

/** Goes on with a creation from the step that failed; a step that fails again is in the info. Throws `AgentError`. */
export async function retryWorkspace(deps: WorkspaceDeps, name: string): Promise<WorkspaceInfo> {
  const entry = deps.registry.get(name)
  if (entry.work === undefined && !isRetriable(entry.life)) {
    throw new AgentError('CONFLICT', `${name} has no creation that failed.`, {
      hint: 'Start it, if it does not run.',
    })
  }
  try {
    return await remakeWorkspace(deps, entry)
  } catch (error) {
    throw toAgentError(error, `going on with ${name}`)
  }
}

/**
 * Gives up a creation and removes all of it. One that is under way for the first time is ended and holds nothing that could
 * be lost; in one that has failed somebody may have worked since, so it goes only when nothing of that would be lost. Throws
 * `AgentError`.
 */
export async function cancelCreation(deps: WorkspaceDeps, deletions: Deletions, name: string): Promise<void> {
  const entry = deps.registry.get(name)
  if (!deletions.has(entry) && !isCancellable(entry.life)) {
    throw new AgentError('CONFLICT', `${name} is made already.`, { hint: 'Delete it, if nobody needs it any more.' })
  }
  const isFirstRun = entry.life.phase.kind === 'creating' && entry.record.hasFailed !== true
  await deleteWorkspace(deps, deletions, { name, force: isFirstRun })
}
