import type { QueryClient } from '@tanstack/react-query'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { showToast } from '../../ui/toast-store.ts'
import { failureOf } from '../../worker/failure.ts'
import { workspacesKey } from '../../worker/keys.ts'
import type { Worker } from '../../worker/workers.ts'

export type WorkspaceVerb = 'start' | 'stop' | 'restart'

/** What can be asked of a workspace as it stands. While something is under way, nothing but its deletion. */
export function allowedActions(workspace: WorkspaceInfo): Record<WorkspaceVerb | 'delete', boolean> {
  const deleting = workspace.activity?.verb === 'deleting'
  const idle = workspace.activity === undefined
  return {
    // From an error the worker goes on where it stood, whether or not there is a container yet.
    start: idle && (workspace.status === 'stopped' || workspace.status === 'error'),
    stop: idle && workspace.status === 'running',
    restart: idle && workspace.status === 'running',
    delete: !deleting,
  }
}

const WORDS = {
  start: { activity: 'starting', failed: strings.workspace.startFailed },
  stop: { activity: 'stopping', failed: strings.workspace.stopFailed },
  restart: { activity: 'restarting', failed: strings.workspace.restartFailed },
} as const

/**
 * Asks the worker. The row says what is being done from the press on, and what became of it when the worker says so; a
 * refusal takes the word back and is told.
 */
export async function runAction(
  deps: { worker: Worker; queries: QueryClient },
  verb: WorkspaceVerb,
  name: string,
): Promise<void> {
  const { worker, queries } = deps
  const key = workspacesKey(worker.id)
  const words = WORDS[verb]
  const patch = (change: (row: WorkspaceInfo) => WorkspaceInfo): void => {
    queries.setQueryData<readonly WorkspaceInfo[]>(key, (rows) =>
      rows?.map((row) => (row.name === name ? change(row) : row)),
    )
  }
  const marked = { verb: words.activity }
  patch((row) => ({ ...row, activity: marked }))
  try {
    await worker.client.api.workspaces[verb]({ name })
  } catch (error) {
    // Only our own mark: what the worker said in the meantime stands.
    patch((row) => (row.activity === marked ? withoutActivity(row) : row))
    const failure = failureOf(error)
    showToast({ kind: 'failed', title: words.failed(name), body: failure.hint ?? failure.message })
  }
}

/** As if somebody had just been at work in it: its end and its idle stop are as far away again as they can be. */
export async function putOffEnd(worker: Worker, name: string): Promise<void> {
  try {
    await worker.client.api.workspaces.touch({ name })
    announce(strings.life.putOffDone(name))
  } catch (error) {
    const failure = failureOf(error)
    showToast({ kind: 'failed', title: strings.life.putOffFailed(name), body: failure.hint ?? failure.message })
  }
}

/** Goes on with a creation that failed. A step that fails again stands in the workspace; a refusal is told. */
export async function retryCreation(worker: Worker, name: string): Promise<void> {
  try {
    await worker.client.api.workspaces.retry({ name })
  } catch (error) {
    const failure = failureOf(error)
    showToast({ kind: 'failed', title: strings.creation.retryFailed(name), body: failure.hint ?? failure.message })
  }
}

/**
 * Gives a creation up with all of it. Where work would be lost, or it was whole once, `onQuestion` asks the person; any other
 * refusal is told. Resolves with whether it is gone.
 */
export async function cancelCreation(worker: Worker, name: string, onQuestion: () => void): Promise<boolean> {
  try {
    await worker.client.api.workspaces.cancel({ name })
    return true
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code === 'PRECONDITION_FAILED' || failure.code === 'CONFLICT') onQuestion()
    else
      showToast({ kind: 'failed', title: strings.creation.cancelFailed(name), body: failure.hint ?? failure.message })
    return false
  }
}

function withoutActivity({ activity: _, ...row }: WorkspaceInfo): WorkspaceInfo {
  return row
}
