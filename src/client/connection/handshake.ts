import { createORPCClient, ORPCError } from '@orpc/client'
import type { AgentApi } from '../../contract/agent/index.ts'
import type { AgentInfo } from '../../contract/agent/info.ts'
import { isCompatibleProtocol, PROTOCOL, PROTOCOL_VERSION } from '../../contract/version.ts'
import type { Clock } from '../clock.ts'
import { LateError, LinkError } from '../link-error.ts'
import type { RpcConnection, WorkerLink } from '../worker-client.ts'

export interface LiveConnection extends RpcConnection {
  api: AgentApi
}

/** A worker that has not said who it is by then is not reached. */
const HANDSHAKE_MS = 15_000

export interface Greeting {
  clock: Clock
  /**
   * Hears what the worker says of itself, after so many milliseconds and before anything else is said to it; a `LinkError` that it throws
   * refuses the worker.
   */
  greeted: (info: AgentInfo, roundTripMs: number) => void
  signal: AbortSignal
}

/** Connects and learns that a worker is there that speaks our protocol and knows us. Rejects with `LinkError`. */
export async function connectAndGreet(link: WorkerLink, { clock, greeted, signal }: Greeting): Promise<LiveConnection> {
  const tooLate = new AbortController()
  const cancelTimer = clock.schedule(() => tooLate.abort(new LateError()), HANDSHAKE_MS)
  const bounded = AbortSignal.any([signal, tooLate.signal])
  let connection: RpcConnection | undefined
  try {
    connection = await link.connect(bounded)
    const api = createORPCClient<AgentApi>(connection.link)
    const askedAt = clock.now()
    const info = await api.info(undefined, { signal: bounded })
    if (!isCompatibleProtocol(info.protocol)) throw new LinkError('incompatible', describeMismatch(info.protocol))
    if (!signal.aborted) greeted(info, clock.now() - askedAt)
    return { ...connection, api }
  } catch (error) {
    connection?.close()
    throw toLinkError(error)
  } finally {
    cancelTimer()
  }
}

/** Why a worker that speaks `protocol` cannot be talked to, and which of the two sides is to be updated. */
export function describeMismatch(protocol: string): string {
  const major = Number(/^(\d{1,6})\.\d{1,6}$/.exec(protocol)?.[1])
  const theirs = `The worker speaks protocol ${protocol.slice(0, 20)}, and this side ${PROTOCOL_VERSION}.`
  if (major > PROTOCOL.major) return `${theirs} It is newer: update Berth here.`
  return major < PROTOCOL.major ? `${theirs} It is older: update Berth there.` : `${theirs} Update the older side.`
}

function toLinkError(error: unknown): LinkError {
  if (error instanceof LinkError) return error
  if (error instanceof ORPCError && error.code === 'UNAUTHORIZED') return new LinkError('unauthorized', error.message)
  if (error instanceof ORPCError && error.code === 'VERSION_MISMATCH')
    return new LinkError('incompatible', error.message)
  return new LinkError('unreachable', 'The worker did not answer.', { cause: error })
}
