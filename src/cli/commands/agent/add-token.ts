import type { WorkerClient } from '../../../client/worker-client.ts'
import type { Scope } from '../../../contract/agent/clients.ts'
import { sayJson } from '../../output/json.ts'
import { type Streams, say } from '../../terminal-streams.ts'

export interface WantedToken {
  name: string
  scope: Scope
  days: number
}

/** `ws agent token add`: a token for a program. It alone goes to the output, so that a script can take it; it is told once. */
export async function addToken(
  worker: WorkerClient,
  { wanted, json, streams }: { wanted: WantedToken; json: boolean; streams: Streams },
): Promise<void> {
  const { token, client } = await worker.api.clients.addToken(wanted)
  if (json) {
    sayJson(streams.stdout, { token, client })
    return
  }
  const until = client.expiresAt === undefined ? '' : ` until ${client.expiresAt.slice(0, 10)}`
  say(streams.stdout, token)
  say(streams.stderr, `This token of “${client.scope}” counts${until}. It is not shown again.`)
  say(streams.stderr, `To end it before: ws agent clients revoke ${client.id}`)
}
