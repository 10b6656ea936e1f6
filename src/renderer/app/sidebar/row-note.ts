import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { formatAge, formatLeft } from '../../worker/format.ts'
import { endOf } from '../../worker/life.ts'
import type { Phase } from '../../worker/phase.ts'

/** The one note of a row: what is being done, else what its life needs to be said of, else since when it is as it is. */
export function rowNote(workspace: WorkspaceInfo, phase: Phase, now: number): { note: string; isWarning: boolean } {
  if (phase.busy) return { note: phase.detail === '' ? phase.word : phase.detail, isWarning: false }
  const end = endOf(workspace, now)
  if (end?.kind === 'time' && end.isNear && phase.kind !== 'unreachable')
    return { note: strings.life.endsInShort(formatLeft(end.leftMs)), isWarning: true }
  const code = workspace.notice?.code
  if (phase.kind === 'stopped' && (code === 'kept' || code === 'idle_stopped'))
    return { note: strings.life.rowNotice[code], isWarning: code === 'kept' }
  if (phase.kind !== 'running') return { note: phase.word, isWarning: false }
  return { note: workspace.startedAt === undefined ? '' : formatAge(workspace.startedAt, now), isWarning: false }
}
