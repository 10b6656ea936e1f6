import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'

export type Capacity = { cpus: number; memoryBytes: number }

/** What of a worker no running workspace may take by its limits; never less than nothing, for limits may add up to more. */
export function freeOf(all: Capacity, workspaces: readonly Pick<WorkspaceInfo, 'status' | 'resources'>[]): Capacity {
  const taken = { cpus: 0, memoryBytes: 0 }
  for (const { status, resources } of workspaces) {
    if (status !== 'running' && status !== 'creating') continue
    taken.cpus += resources.cpus
    taken.memoryBytes += resources.memoryBytes
  }
  return {
    cpus: Math.max(0, all.cpus - taken.cpus),
    memoryBytes: Math.max(0, all.memoryBytes - taken.memoryBytes),
  }
}
