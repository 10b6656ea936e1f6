import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { pageStorage } from '../../platform/page-storage.ts'
import { kindOf, usualMs } from '../../worker/creation-times.ts'
import { useWorkerNow } from '../../worker/use-now.ts'
import type { Worker } from '../../worker/workers.ts'

/** More than so many times what is usual is worth a word. */
const SLOW_FACTOR = 2
const LOOKED_AT_EVERY_MS = 1000

/** How long such a creation usually takes, in ms, where that is known; and whether this one has taken far longer. */
export function useUsual(worker: Worker, workspace: WorkspaceInfo): { usual: number | undefined; isSlow: boolean } {
  const usual = usualMs(pageStorage, kindOf(worker.id, workspace))
  const now = useWorkerNow(worker, usual === undefined ? undefined : LOOKED_AT_EVERY_MS)
  const begun = workspace.steps?.find(({ startedAt }) => startedAt !== undefined)?.startedAt
  const isSlow = usual !== undefined && begun !== undefined && now - Date.parse(begun) > SLOW_FACTOR * usual
  return { usual, isSlow }
}
