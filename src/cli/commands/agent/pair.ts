import type { WorkerClient } from '../../../client/worker-client.ts'
import type { Scope } from '../../../contract/agent/clients.ts'
import { CliFailure } from '../../cli-failure.ts'
import { sayJson } from '../../output/json.ts'
import { type Streams, say } from '../../terminal-streams.ts'

const MAY: Record<Scope, string> = {
  read: 'it sees workspaces and what they use, and changes nothing.',
  operate: 'it may make, use and delete all workspaces, with all that they receive.',
  admin: 'it may do all that you can here: change credentials, let others in, become root on this worker.',
}

/** `ws agent pair`: a code that lets one client in, and what that one may do then. Throws `CliFailure` where no client could come. */
export async function pairClient(
  worker: WorkerClient,
  { json, scope: asked, stdout }: { json: boolean; scope: Scope | undefined } & Pick<Streams, 'stdout'>,
): Promise<void> {
  const { fingerprint, isPairable } = await worker.api.info()
  if (isPairable === false) throw unpairable()
  const { code, expiresAt, scope } = await worker.api.clients.pair(asked === undefined ? undefined : { scope: asked })
  if (json) {
    sayJson(stdout, { code, expiresAt, scope })
    return
  }
  const minutes = Math.max(1, Math.round((Date.parse(expiresAt) - Date.now()) / 60_000))
  say(stdout, `Pairing code: ${code}`)
  say(stdout, `It lets one browser or computer in, once, within ${minutes} min. Enter it there.`)
  if (fingerprint !== undefined)
    say(stdout, `If a fingerprint is shown there, it is this one, or it is not this worker: ${fingerprint}`)
  say(stdout, `Its scope is “${scope}”: ${MAY[scope]}`)
}

/** The agent that the app starts for itself opens no port: a code for it would lead nowhere. */
function unpairable(): CliFailure {
  return new CliFailure('No other computer can reach this agent: it is the one of the app, which opens no port.', {
    code: 'UNPAIRABLE',
    hint: 'Quit the app and run `ws --agent`; the app then uses that agent, and others can be let in.',
  })
}
