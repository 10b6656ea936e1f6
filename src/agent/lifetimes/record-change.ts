import type { WorkspaceNotice } from '../../contract/agent/workspace.ts'
import { type Lifetime, writtenOf } from '../../domain/lifetime.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import { timestamp, writtenIn } from './terms.ts'

/** Times that differ by less are the same: clocks are read one after the other. */
const SAME_TIME_MS = 1_500

export interface Happened {
  /** Somebody has used the workspace. */
  isUse: boolean
  /** Notices that are not true any more. */
  over: readonly WorkspaceNotice['code'][]
}

/** What is to be written of `lifetime` that `record` does not say yet. Empty where there is nothing. */
export function recordChange(
  record: WorkspaceRecord,
  lifetime: Lifetime,
  { isUse, over }: Happened,
): Partial<WorkspaceRecord> {
  const { expiresAtMs, lastActiveAtMs } = writtenOf(lifetime)
  const had = writtenIn(record)
  const change: Partial<WorkspaceRecord> = {}
  if (differs(had.expiresAtMs, expiresAtMs)) {
    change.expiresAt = expiresAtMs === undefined ? undefined : timestamp(expiresAtMs)
  }
  if (isUse && lastActiveAtMs !== undefined && differs(had.lastActiveAtMs, lastActiveAtMs)) {
    change.lastActiveAt = timestamp(lastActiveAtMs)
  }
  if (record.notice !== undefined && over.includes(record.notice.code)) change.notice = undefined
  return change
}

function differs(had: number | undefined, has: number | undefined): boolean {
  if (had === undefined || has === undefined) return had !== has
  return Math.abs(had - has) > SAME_TIME_MS
}
