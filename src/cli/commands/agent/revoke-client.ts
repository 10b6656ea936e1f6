import type { WorkerClient } from '../../../client/worker-client.ts'
import { Identifier } from '../../../contract/names.ts'
import { usageFailure } from '../../cli-failure.ts'
import { sayJson } from '../../output/json.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** `ws agent clients revoke`: voids a token, and ends what its client has open. */
export async function revokeClient(
  worker: WorkerClient,
  { id, json, streams }: { id: string; json: boolean; streams: Streams },
): Promise<void> {
  if (!Identifier.safeParse(id).success) throw usageFailure(`“${id}” is not an id.`, 'See the ids: ws agent clients')
  await worker.api.clients.revoke({ id })
  if (json) sayJson(streams.stdout, { success: true })
  else say(streams.stderr, 'Its token is void, and its connections are closed.')
}
