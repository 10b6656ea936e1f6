import type { WorkerClient } from '../../../client/worker-client.ts'
import type { PairedClient } from '../../../contract/agent/clients.ts'
import { formatSpan } from '../../output/duration.ts'
import { sayJson } from '../../output/json.ts'
import { formatTable } from '../../output/table.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** `ws agent clients list`: who has been let in, and how. */
export async function listClients(
  worker: WorkerClient,
  { json, stdout }: { json: boolean } & Pick<Streams, 'stdout'>,
): Promise<void> {
  const clients = await worker.api.clients.list()
  if (json) sayJson(stdout, clients)
  else if (clients.length === 0) say(stdout, 'No client is paired. Let one in: ws agent pair')
  else {
    const now = Date.now()
    const rows = clients.map((client) => rowOf(client, now))
    say(stdout, formatTable(['ID', 'NAME', 'KIND', 'MAY', 'SINCE', 'ENDS', 'LAST SEEN'], rows))
  }
}

function rowOf(client: PairedClient, now: number): string[] {
  const { id, name, kind = 'paired', scope, createdAt, expiresAt, lastSeenAt, lastAddress } = client
  const ago = (at: string): string => `${formatSpan(now - Date.parse(at))} ago`
  const left = expiresAt === undefined ? undefined : Date.parse(expiresAt) - now
  const from = lastAddress === undefined ? '' : ` from ${lastAddress}`
  return [
    id,
    name,
    kind,
    scope,
    ago(createdAt),
    left === undefined ? '–' : left <= 0 ? 'expired' : `in ${formatSpan(left)}`,
    lastSeenAt === undefined ? 'never' : `${ago(lastSeenAt)}${from}`,
  ]
}
