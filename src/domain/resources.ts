import type { Resources } from '../contract/agent/workspace.ts'

const GIBIBYTE = 1_073_741_824
const SMALLEST_MEMORY = 67_108_864

/** What the engine has to give. */
export interface Capacity {
  cpus: number
  memoryBytes: number
}

/**
 * The limits of a workspace: what was asked for, and for the rest up to 4 CPUs, up to 8 GiB but never more than half of
 * the engine's memory, and 4096 processes. No workspace is without limits.
 */
export function withDefaultLimits(
  asked: { [Key in keyof Resources]?: Resources[Key] | undefined },
  capacity: Capacity,
): Resources {
  const half = Math.floor(capacity.memoryBytes / 2)
  return {
    cpus: asked.cpus ?? Math.min(4, capacity.cpus),
    memoryBytes: asked.memoryBytes ?? Math.max(SMALLEST_MEMORY, Math.min(8 * GIBIBYTE, half)),
    pids: asked.pids ?? 4096,
  }
}

/** Why the engine cannot give these limits, in words; undefined when it can. */
export function limitsProblem(limits: Resources, capacity: Capacity): string | undefined {
  if (limits.cpus > capacity.cpus) return `${limits.cpus} CPUs were asked for; this worker has ${capacity.cpus}.`
  if (limits.memoryBytes > capacity.memoryBytes) {
    return `${gibibytes(limits.memoryBytes)} of memory were asked for; this worker has ${gibibytes(capacity.memoryBytes)}.`
  }
  return undefined
}

function gibibytes(bytes: number): string {
  return `${(bytes / GIBIBYTE).toFixed(1)} GiB`
}
