import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { strings } from '../strings/index.ts'
import { announce } from '../ui/announcements.ts'
import { showToast, type Toast } from '../ui/toast-store.ts'
import { formatDuration } from '../worker/format.ts'

/** What of a change people are told. Without a toast it is for those who only hear it: others see it in the row. */
export type News = { sentence: string; toast?: Pick<Toast, 'kind' | 'body'> }

/** `tookMs`: how long its creation took by this window's own clock, where it was watched; the worker's may differ from ours. */
export function newsOf(before: WorkspaceInfo, after: WorkspaceInfo, tookMs: number | undefined): News | undefined {
  const { name, status, failure, activity } = after
  if (before.status === 'creating' && status === 'running') {
    const sentence =
      tookMs === undefined ? strings.creation.ready(name) : strings.creation.readyIn(name, formatDuration(tookMs))
    return { sentence, toast: { kind: 'running' } }
  }
  if (before.status !== 'error' && status === 'error') {
    const reason = failure === undefined ? {} : { body: failure.message }
    return { sentence: strings.creation.failed(name), toast: { kind: 'failed', ...reason } }
  }
  if (before.activity === undefined || activity !== undefined) return undefined
  if (status === 'running') return { sentence: strings.workspace.started(name) }
  if (status === 'stopped') return { sentence: strings.workspace.stopped(name) }
  return undefined
}

/** Tells it once: a toast says itself to screen readers. */
export function tellNews({ sentence, toast }: News, wayThere: Pick<Toast, 'action'>): void {
  if (toast === undefined) announce(sentence)
  else showToast({ ...toast, title: sentence, ...wayThere })
}
