import { describeMismatch } from '../../../client/connection/handshake.ts'
import { Health } from '../../../contract/agent/info.ts'
import type { WorkerProbe } from '../../../contract/desktop/pairing.ts'
import { isCompatibleProtocol } from '../../../contract/version.ts'
import type { WorkerAddress } from '../../../domain/worker-address.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { shownText } from '../remote/shown-text.ts'
import { askHttp } from './ask-http.ts'
import { inspect } from './dial.ts'
import { DialError } from './dial-error.ts'
import { reachOf } from './reach.ts'

export interface Found {
  probe: Extract<WorkerProbe, { reached: true }>
  /** What was found out of it: whether it speaks TLS. */
  address: WorkerAddress
}

type HttpAddress = Extract<WorkerAddress, { kind: 'http' }>

/** Looks what is at an address; sends no secret. Rejects with `DialError` for the first step that did not succeed. */
export async function probe(address: WorkerAddress, signal: AbortSignal, vouchFor: VouchFor): Promise<Found> {
  if (address.kind === 'ssh') return probeBySsh(address, signal, vouchFor)
  if (address.isTls !== undefined) return probeHttp(address, signal, vouchFor)
  try {
    return await probeHttp(address, signal, vouchFor)
  } catch (error) {
    // On a tailnet plain HTTP is tried first, and an agent that has a certificate answers to TLS alone.
    if (!(error instanceof DialError) || error.hop !== 'agent') throw error
    return probeHttp({ ...address, isTls: true }, signal, vouchFor).catch((second: unknown) => {
      throw second instanceof DialError && second.hop === 'tls' ? error : second
    })
  }
}

async function probeHttp(address: HttpAddress, signal: AbortSignal, vouchFor: VouchFor): Promise<Found> {
  const connection = await inspect({ ...address, fingerprint: undefined }, signal, vouchFor)
  const { path, fingerprint } = connection
  const health = healthOf(await askHttp(connection, HEALTH, signal))
  return {
    address: { ...address, isTls: path === 'tls' },
    probe: { reached: true, path, ...health, ...(fingerprint === undefined ? {} : { fingerprint }) },
  }
}

async function probeBySsh(address: WorkerAddress, signal: AbortSignal, vouchFor: VouchFor): Promise<Found> {
  const reach = reachOf(address, undefined, vouchFor)
  try {
    const health = healthOf(await askHttp(await reach.open(signal), HEALTH, signal))
    return { address, probe: { reached: true, path: 'ssh', ...health } }
  } finally {
    reach.dispose()
  }
}

const HEALTH = { method: 'GET', path: '/health' } as const
const MISDIRECTED = 421

function healthOf({ status, body }: { status: number; body: unknown }): Pick<Found['probe'], 'version' | 'docker'> {
  if (status === MISDIRECTED) {
    throw new DialError('agent', 'An agent is there, and does not go by that name.', {
      hint: 'Use its host name or IP address, or add this name to "allowedHosts" in its config.json.',
    })
  }
  const health = Health.safeParse(body)
  if (status !== 200 || !health.success) {
    throw new DialError('agent', 'Something listens there that is not an agent.', {
      hint: 'Is that the port of the agent? It says so where it starts.',
    })
  }
  const { version, docker, protocol } = health.data
  if (!isCompatibleProtocol(protocol)) throw new DialError('version', shownText(describeMismatch(protocol), 300))
  return { version: shownText(version, 80), docker }
}
