import type { WorkerClient } from '../../../client/worker-client.ts'
import type { WorkspaceStats } from '../../../contract/agent/stats.ts'
import { formatBytes } from '../../output/bytes.ts'
import { sayJson } from '../../output/json.ts'
import { formatTable } from '../../output/table.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** A workspace tells after two seconds; one that is just stopping may tell nothing at all. */
const PATIENCE_MS = 10_000

/** `ws stats`: what running workspaces use now, of one of them or of all. */
export async function printStats(
  worker: WorkerClient,
  { name, json, streams }: { name: string | undefined; json: boolean; streams: Pick<Streams, 'stdout' | 'stderr'> },
): Promise<void> {
  const running = await runningNames(worker, name)
  const samples = running.length === 0 ? [] : await oneOfEach(worker, running)
  if (json) sayJson(streams.stdout, samples)
  else if (samples.length > 0) say(streams.stdout, formatTable(HEADINGS, samples.map(rowOf)))
  else say(streams.stderr, name === undefined ? 'No workspace is running.' : `“${name}” is not running.`)
}

async function runningNames(worker: WorkerClient, name: string | undefined): Promise<string[]> {
  const workspaces =
    name === undefined ? await worker.api.workspaces.list() : [await worker.api.workspaces.get({ name })]
  return workspaces.flatMap((one) => (one.status === 'running' ? [one.name] : []))
}

async function oneOfEach(worker: WorkerClient, names: readonly string[]): Promise<WorkspaceStats[]> {
  const [only] = names
  const input = names.length === 1 && only !== undefined ? { workspace: only } : {}
  const patience = AbortSignal.timeout(PATIENCE_MS)
  const found = new Map<string, WorkspaceStats>()
  try {
    for await (const sample of await worker.api.stats({ ...input, intervalSeconds: 1 }, { signal: patience })) {
      if (names.includes(sample.workspace)) found.set(sample.workspace, sample)
      if (found.size === names.length) break
    }
  } catch (error) {
    if (!patience.aborted) throw error
  }
  return names.flatMap((name) => found.get(name) ?? [])
}

const HEADINGS = ['NAME', 'CPU', 'MEMORY', 'NETWORK IN', 'NETWORK OUT', 'PROCESSES']

function rowOf({ workspace, cpu, memory, network, pids }: WorkspaceStats): string[] {
  return [
    workspace,
    cpu === undefined ? '-' : `${cpu.percent.toFixed(1)} % of ${cpu.cpus}`,
    memory === undefined ? '-' : `${formatBytes(memory.usedBytes)} of ${formatBytes(memory.limitBytes)}`,
    network === undefined ? '-' : `${formatBytes(network.receivedBytesPerSecond)}/s`,
    network === undefined ? '-' : `${formatBytes(network.sentBytesPerSecond)}/s`,
    pids === undefined ? '-' : String(pids),
  ]
}
