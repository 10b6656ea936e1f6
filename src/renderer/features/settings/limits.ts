import { Resources, type UpdateWorkspace, type WorkspaceInfo } from '../../../contract/agent/workspace.ts'

const GIBIBYTE = 1_073_741_824

/** Limits as they are typed. */
export type LimitsDraft = { cpus: string; memory: string; pids: string }

export type LimitField = keyof LimitsDraft

/** Limits as a person reads and types them: memory in GB, by 1024. */
export function draftOf({ cpus, memoryBytes, pids }: WorkspaceInfo['resources']): LimitsDraft {
  return { cpus: String(cpus), memory: String(Math.round((memoryBytes / GIBIBYTE) * 100) / 100), pids: String(pids) }
}

type Changes = NonNullable<UpdateWorkspace['resources']>

/**
 * What was typed over the limits that stand, or the fields that hold none. A field that reads as it did is left out: it may
 * have been rounded to be read.
 */
export function changedLimits(
  draft: LimitsDraft,
  resources: WorkspaceInfo['resources'],
): { ok: true; changes: Changes } | { ok: false; wrong: LimitField[] } {
  const current = draftOf(resources)
  const changes: Changes = {}
  const wrong: LimitField[] = []
  if (draft.cpus !== current.cpus) {
    const cpus = Resources.shape.cpus.safeParse(numberOf(draft.cpus))
    if (cpus.success) changes.cpus = cpus.data
    else wrong.push('cpus')
  }
  if (draft.memory !== current.memory) {
    const memory = Resources.shape.memoryBytes.safeParse(Math.round(numberOf(draft.memory) * GIBIBYTE))
    if (memory.success) changes.memoryBytes = memory.data
    else wrong.push('memory')
  }
  if (draft.pids !== current.pids) {
    const pids = Resources.shape.pids.safeParse(numberOf(draft.pids))
    if (pids.success) changes.pids = pids.data
    else wrong.push('pids')
  }
  return wrong.length === 0 ? { ok: true, changes } : { ok: false, wrong }
}

function numberOf(text: string): number {
  return /^\s*\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}
