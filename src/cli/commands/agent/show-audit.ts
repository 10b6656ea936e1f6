import type { WorkerClient } from '../../../client/worker-client.ts'
import type { AuditEntry } from '../../../contract/agent/audit.ts'
import { sayJson } from '../../output/json.ts'
import { formatTable } from '../../output/table.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** Entries that one call may bring. */
const MOST_AT_ONCE = 500

/** `ws agent audit`: who did what here, the newest last, as logs are read. */
export async function showAudit(
  worker: WorkerClient,
  { json, entries: wanted, stdout }: { json: boolean; entries: number } & Pick<Streams, 'stdout'>,
): Promise<void> {
  const entries = (await newest(worker, wanted)).toReversed()
  if (json) sayJson(stdout, entries)
  else if (entries.length === 0) say(stdout, 'Nothing has been written down yet.')
  else say(stdout, formatTable(['TIME', 'WHO', 'FROM', 'WHAT', 'OF', 'OUTCOME'], entries.map(rowOf)))
}

async function newest(worker: WorkerClient, wanted: number): Promise<AuditEntry[]> {
  const found: AuditEntry[] = []
  let before: string | undefined
  do {
    const limit = Math.min(wanted - found.length, MOST_AT_ONCE)
    const page = await worker.api.audit.list({ limit, ...(before === undefined ? {} : { before }) })
    found.push(...page.entries)
    before = page.before
  } while (before !== undefined && found.length < wanted)
  return found
}

function rowOf({ at, client, face, action, subject = '', outcome }: AuditEntry): string[] {
  const who = client.name ?? client.id
  const how = outcome.kind === 'done' ? 'done' : `${outcome.kind}: ${outcome.code}`
  return [at.replace('T', ' ').slice(0, 19), who, face.address ?? face.kind, action, subject, how]
}
