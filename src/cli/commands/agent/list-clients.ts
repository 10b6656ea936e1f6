import type { WorkerClient } from '../../../client/worker-client.ts'
import { formatSpan } from '../../output/duration.ts'
import { sayJson } from '../../output/json.ts'
import { formatTable } from '../../output/table.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** `ws agent clients list`: who has a token. */
export async function listClients(
  worker: WorkerClient,
  { json, stdout }: { json: boolean } & Pick<Streams, 'stdout'>,
): Promise<void> {
  const clients = await worker.api.clients.list()
  const ago = (at: string | undefined): string =>
    at === undefined ? 'never' : `${formatSpan(Date.now() - Date.parse(at))} ago`
  if (json) sayJson(stdout, clients)
  else if (clients.length === 0) say(stdout, 'No client is paired. Let one in: ws agent pair')
  else {
    const rows = clients.map(({ id, name, scope, createdAt, lastSeenAt }) => [
      id,
      name,
      scope,
      ago(createdAt),
      ago(lastSeenAt),
    ])
    say(stdout, formatTable(['ID', 'NAME', 'MAY', 'PAIRED', 'LAST SEEN'], rows))
  }
}
