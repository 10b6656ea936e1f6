import type { WorkerClient } from '../../../client/worker-client.ts'
import { sayJson } from '../../output/json.ts'
import { formatTable } from '../../output/table.ts'
import { type Streams, say } from '../../terminal-streams.ts'

/** `ws config logins`: what was found on this computer; none is given before somebody says so. */
export async function listLogins(
  worker: WorkerClient,
  { json, stdout }: { json: boolean } & Pick<Streams, 'stdout'>,
): Promise<void> {
  const logins = await worker.api.config.logins.list()
  if (json) sayJson(stdout, logins)
  else if (logins.length === 0) say(stdout, 'None was found on this computer.')
  else {
    const rows = logins.map(({ kind, label, isGiven }) => [kind, label, isGiven ? 'yes' : 'no'])
    say(stdout, formatTable(['KIND', 'SIGNED IN WITH', 'GIVEN'], rows))
  }
}

/** `ws config use-login` */
export async function useLogin(
  worker: WorkerClient,
  { kind, streams }: { kind: string; streams: Streams },
): Promise<void> {
  await worker.api.config.logins.use({ kind })
  say(streams.stderr, 'Every workspace receives a copy of it.')
}
