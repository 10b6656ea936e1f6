import { Resources, type WorkspaceInfo } from '../../../contract/agent/workspace.ts'

const GIBIBYTE = 1_073_741_824

/** Limits as they are typed. */
export type LimitsDraft = { cpus: string; memory: string; pids: string }

export type LimitField = keyof LimitsDraft

/** Limits as a person reads and types them: memory in GB, by 1024. */
export function draftOf({ cpus, memoryBytes, pids }: WorkspaceInfo['resources']): LimitsDraft {
  return { cpus: String(cpus), memory: String(Math.round((memoryBytes / GIBIBYTE) * 100) / 100), pids: String(pids) }
}

/** What was typed as limits, or the fields that hold none. */
export function parseLimits(
  draft: LimitsDraft,
): { ok: true; resources: WorkspaceInfo['resources'] } | { ok: false; wrong: LimitField[] } {
  const cpus = Resources.shape.cpus.safeParse(numberOf(draft.cpus))
  const memory = Resources.shape.memoryBytes.safeParse(Math.round(numberOf(draft.memory) * GIBIBYTE))
  const pids = Resources.shape.pids.safeParse(numberOf(draft.pids))
  if (cpus.success && memory.success && pids.success)
    return { ok: true, resources: { cpus: cpus.data, memoryBytes: memory.data, pids: pids.data } }
  const wrong: LimitField[] = []
  if (!cpus.success) wrong.push('cpus')
  if (!memory.success) wrong.push('memory')
  if (!pids.success) wrong.push('pids')
  return { ok: false, wrong }
}

function numberOf(text: string): number {
  return /^\s*\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}
