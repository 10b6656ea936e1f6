import type { WorkspaceStats } from '../../contract/agent/stats.ts'
import type { ContainerReading } from '../engine/engine.ts'

/** What a sample is made of beside two readings. */
export interface SampleOf {
  workspace: string
  /** What the workspace may use; the engine's own is less where the computer has less. */
  cpus: number
  memoryBytes: number
  disk: WorkspaceStats['disk']
}

/** What was used between two readings of one run. Pure. */
export function toSample(before: ContainerReading, now: ContainerReading, of: SampleOf): WorkspaceStats {
  const seconds = (now.at - before.at) / 1000
  const cpu = cpuOf(before, now, { seconds, cpus: of.cpus })
  const network = networkOf(before, now, seconds)
  const { memory, pids } = now
  return {
    workspace: of.workspace,
    at: new Date(now.at).toISOString(),
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory: { ...memory, limitBytes: lesser(memory.limitBytes, of.memoryBytes) } }),
    ...(network === undefined ? {} : { network }),
    ...(of.disk === undefined ? {} : { disk: of.disk }),
    ...(pids === undefined ? {} : { pids }),
  }
}

/** Whether `now` comes after `before` in the same run: counters of a container begin at 0 with each start. */
export function isSameRun(before: ContainerReading, now: ContainerReading): boolean {
  const isLater = now.at > before.at
  const hasGrown = (now.cpuNanoseconds ?? 0) >= (before.cpuNanoseconds ?? 0)
  return isLater && hasGrown && (now.network?.receivedBytes ?? 0) >= (before.network?.receivedBytes ?? 0)
}

function cpuOf(
  before: ContainerReading,
  now: ContainerReading,
  { seconds, cpus }: { seconds: number; cpus: number },
): WorkspaceStats['cpu'] {
  if (before.cpuNanoseconds === undefined || now.cpuNanoseconds === undefined) return undefined
  const usedSeconds = (now.cpuNanoseconds - before.cpuNanoseconds) / 1e9
  return { percent: Math.round((usedSeconds / seconds / cpus) * 1000) / 10, cpus }
}

function networkOf(before: ContainerReading, now: ContainerReading, seconds: number): WorkspaceStats['network'] {
  if (before.network === undefined || now.network === undefined) return undefined
  const perSecond = (from: number, to: number): number => Math.max(0, Math.round((to - from) / seconds))
  return {
    ...now.network,
    receivedBytesPerSecond: perSecond(before.network.receivedBytes, now.network.receivedBytes),
    sentBytesPerSecond: perSecond(before.network.sentBytes, now.network.sentBytes),
  }
}

/** 0 is no limit. */
function lesser(a: number, b: number): number {
  if (a === 0 || b === 0) return Math.max(a, b)
  return Math.min(a, b)
}
