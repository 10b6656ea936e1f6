import { createWorkerClient } from '../../../client/create-worker-client.ts'
import type { WorkerAddress } from '../../../domain/worker-address.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { reachOf } from '../reach/reach.ts'
import { remoteLink } from './remote-link.ts'

/** Somebody waits for the form. */
const LEAVE_MS = 5_000

export interface UnusedToken {
  address: WorkerAddress
  /** Of the certificate that is trusted. */
  fingerprint: string | undefined
  token: string
  vouchFor: VouchFor
}

/**
 * Has a worker forget a token that nothing here will use. One that does not answer in time, or is too old to be asked, keeps
 * listing it: its owner can revoke it there.
 */
export async function leaveWorker({ address, fingerprint, token, vouchFor }: UnusedToken): Promise<void> {
  const reach = reachOf(address, fingerprint, vouchFor)
  const client = createWorkerClient({ link: remoteLink(reach, token), waitForLinkMs: LEAVE_MS })
  try {
    await client.api.clients.leave(undefined, { signal: AbortSignal.timeout(LEAVE_MS) })
  } catch {
    // As promised above.
  } finally {
    client.dispose()
    reach.dispose()
  }
}
