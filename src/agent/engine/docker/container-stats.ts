import type Docker from 'dockerode'
import { z } from 'zod'
import type { ContainerReading } from '../engine.ts'
import { dialStream } from './dial.ts'
import { readLines } from './lines.ts'
import { translateError } from './translate.ts'

const Count = z.number().nonnegative()
const Stats = z.object({
  read: z.string(),
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: Count.optional() }).nullish() }).nullish(),
  memory_stats: z
    .object({
      usage: Count.optional(),
      limit: Count.optional(),
      stats: z.object({ total_inactive_file: Count.optional(), inactive_file: Count.optional() }).nullish(),
    })
    .nullish(),
  networks: z.record(z.string(), z.object({ rx_bytes: Count, tx_bytes: Count })).nullish(),
  pids_stats: z.object({ current: Count.optional() }).nullish(),
})

/**
 * What a container uses, about once a second, until it stops; ends quietly when `signal` aborts, and with an error when the
 * stream breaks.
 */
export async function* containerStats(
  docker: Docker,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<ContainerReading, void, void> {
  const path = `/containers/${encodeURIComponent(id)}/stats`
  try {
    const source = await dialStream(docker, { method: 'GET', path, query: { stream: true }, signal })
    for await (const line of readLines(source)) {
      const reading = parseReading(line)
      // Of a container that does not run the engine goes on to tell, of the year 1.
      if (reading === 'stopped') return
      if (reading !== undefined) yield reading
    }
  } catch (error) {
    if (!signal.aborted) throw translateError(error)
  }
}

/** One message of the engine's stream (`ContainerStats` of its API); undefined for one that is no reading. */
export function parseReading(line: string): ContainerReading | 'stopped' | undefined {
  const parsed = Stats.safeParse(JSON.parse(line))
  if (!parsed.success) return undefined
  const { read, cpu_stats: cpu, memory_stats: memory, networks, pids_stats: processes } = parsed.data
  const at = Date.parse(read)
  if (!(at > 0)) return 'stopped'
  const cpuNanoseconds = cpu?.cpu_usage?.total_usage
  return {
    at,
    ...(cpuNanoseconds === undefined ? {} : { cpuNanoseconds }),
    ...(memory?.usage === undefined ? {} : { memory: toMemory({ ...memory, usage: memory.usage }) }),
    ...(networks ? { network: sumOf(Object.values(networks)) } : {}),
    ...(processes?.current === undefined ? {} : { pids: processes.current }),
  }
}

/** Without the file cache that nobody uses, as `docker stats` counts: the key is another in cgroup v1 and v2. */
function toMemory(memory: {
  usage: number
  limit?: number | undefined
  stats?: { total_inactive_file?: number | undefined; inactive_file?: number | undefined } | null | undefined
}): NonNullable<ContainerReading['memory']> {
  const inactive = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0
  return {
    usedBytes: inactive < memory.usage ? memory.usage - inactive : memory.usage,
    limitBytes: memory.limit ?? 0,
  }
}

function sumOf(networks: readonly { rx_bytes: number; tx_bytes: number }[]): {
  receivedBytes: number
  sentBytes: number
} {
  return {
    receivedBytes: networks.reduce((sum, { rx_bytes: bytes }) => sum + bytes, 0),
    sentBytes: networks.reduce((sum, { tx_bytes: bytes }) => sum + bytes, 0),
  }
}
