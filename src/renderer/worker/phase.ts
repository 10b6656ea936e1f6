import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { strings } from '../strings/index.ts'
import type { StatusKind } from '../ui/status-icon.tsx'

/** How a workspace is shown: the status of the worker, unless something is under way or the worker cannot be asked. */
export type Phase = {
  kind: StatusKind
  /** The word beside the shape: `Running`, `Stopping`. */
  word: string
  /** More, where there is more: the step of a creation. */
  detail: string
  percent: number | undefined
  /** Something is under way: other actions wait. */
  busy: boolean
}

/** `stale`: the worker has not answered lately, so what is known of it may be past. */
export function phaseOf(workspace: WorkspaceInfo, stale = false): Phase {
  if (stale) return phase('unreachable', strings.status.unreachable)
  if (workspace.activity !== undefined) {
    return {
      ...phase('busy', strings.workspace.verb[workspace.activity.verb]),
      detail: workspace.activity.step ?? '',
      busy: true,
    }
  }
  switch (workspace.status) {
    case 'creating':
      return creating(workspace)
    case 'running':
      return phase('running', strings.status.running)
    case 'stopped':
      return phase('stopped', strings.status.stopped)
    case 'error':
      return phase('failed', strings.status.failed)
  }
}

function phase(kind: StatusKind, word: string): Phase {
  return { kind, word, detail: '', percent: undefined, busy: false }
}

function creating({ steps = [] }: WorkspaceInfo): Phase {
  const index = steps.findIndex((step) => step.state === 'running')
  const step = steps[index]
  const detail = step === undefined ? '' : strings.workspace.stepOf(index + 1, steps.length)
  return { kind: 'busy', word: strings.workspace.creating, detail, percent: step?.percent, busy: true }
}
