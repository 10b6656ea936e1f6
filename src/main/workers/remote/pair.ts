import { PairResponse } from '../../../contract/agent/clients.ts'
import type { AddOutcome } from '../../../contract/desktop/pairing.ts'
import type { WorkerAddress } from '../../../domain/worker-address.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { askHttp } from '../reach/ask-http.ts'
import { DialError, unreached } from '../reach/dial-error.ts'
import { reachOf } from '../reach/reach.ts'

export interface PairOptions {
  code: string
  /** Of the certificate that is trusted. */
  fingerprint: string | undefined
  /** Under which the worker lists this computer. */
  clientName: string
  vouchFor: VouchFor
}

/** What can be said in the header of an upgrade, and is as long as no agent's token. */
const TOKEN = /^[A-Za-z0-9._~-]{20,512}$/

export type Paired = { status: 'paired'; token: string } | Exclude<AddOutcome, { status: 'added' }>

/** Trades a code for a token. What stands in the way is an outcome. */
export async function pair(address: WorkerAddress, options: PairOptions, signal: AbortSignal): Promise<Paired> {
  const { code, fingerprint, clientName, vouchFor } = options
  const reach = reachOf(address, fingerprint, vouchFor)
  try {
    const body = { code, name: clientName }
    const question = { method: 'POST', path: '/pair', body } as const
    const connection = await reach.open(signal)
    return outcomeOf(await askHttp(connection, question, signal).catch(unanswered))
  } catch (error) {
    if (!(error instanceof DialError)) throw error
    if (error.hop === 'tls' && fingerprint !== undefined) return { status: 'fingerprint_changed', ...wordsOf(error) }
    return { status: 'unreached', probe: unreached(error) }
  } finally {
    reach.dispose()
  }
}

export function wordsOf({ message, hint }: DialError): { message: string; hint?: string } {
  return { message, ...(hint === undefined ? {} : { hint }) }
}

function outcomeOf({ status, body }: { status: number; body: unknown }): Paired {
  if (status === 401) {
    return {
      status: 'code_refused',
      message: 'That code is not right, or is used or too old.',
      hint: 'A new one comes from: ws agent pair',
    }
  }
  if (status === 429) {
    return {
      status: 'too_many',
      message: 'The worker has had too many tries from this computer.',
      hint: 'Wait a minute.',
    }
  }
  const token = PairResponse.safeParse(body).data?.token
  if (status === 200 && token !== undefined && TOKEN.test(token)) return { status: 'paired', token }
  return unanswered()
}

/** The code was sent, and may be spent. */
function unanswered(cause?: unknown): never {
  throw new DialError('agent', 'What is there did not answer to the code.', {
    hint: 'If it took the code, it lists this computer all the same. Look there, and revoke it: ws agent clients',
    cause,
  })
}
