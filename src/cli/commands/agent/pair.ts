import type { WorkerClient } from '../../../client/worker-client.ts'
import { sayJson } from '../../output/json.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** `ws agent pair`: a code that lets one client in. */
export async function pairClient(
  worker: WorkerClient,
  { json, stdout }: { json: boolean } & Pick<Streams, 'stdout'>,
): Promise<void> {
  const { code, expiresAt } = await worker.api.clients.pair()
  if (json) {
    sayJson(stdout, { code, expiresAt })
    return
  }
  const minutes = Math.max(1, Math.round((Date.parse(expiresAt) - Date.now()) / 60_000))
  say(stdout, `Pairing code: ${code}`)
  say(stdout, `It lets one browser or computer in, once, within ${minutes} min. Enter it there.`)
}
