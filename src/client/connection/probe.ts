import type { AgentInfo } from '../../contract/agent/info.ts'
import { isCompatibleProtocol } from '../../contract/version.ts'
import type { Clock } from '../clock.ts'
import type { LiveConnection } from './handshake.ts'

const INTERVAL_MS = 5_000
const ANSWER_MS = 5_000

export interface ProbeDeps {
  clock: Clock
  /** An answer came after so many milliseconds. */
  measured: (roundTripMs: number, info: AgentInfo) => void
}

/**
 * Asks the worker now and then whether it is still there, and closes the connection when it does not answer: a network
 * can swallow a peer without a word. Ends with the connection. The returned function asks at once.
 */
export function probeConnection(connection: LiveConnection, { clock, measured }: ProbeDeps): () => void {
  let cancelTimer: () => void = () => undefined
  let isAsking = false

  const ask = (): void => {
    if (isAsking || connection.closed.aborted) return
    isAsking = true
    cancelTimer()
    cancelTimer = clock.schedule(() => connection.close(), ANSWER_MS)
    const askedAt = clock.now()
    connection.api
      .info()
      .then((info) => {
        // Not what it was when it greeted: nothing that it says counts.
        if (isCompatibleProtocol(info.protocol)) measured(clock.now() - askedAt, info)
        else connection.close()
      })
      .catch(() => undefined)
      .finally(() => {
        isAsking = false
        cancelTimer()
        if (!connection.closed.aborted) cancelTimer = clock.schedule(ask, INTERVAL_MS)
      })
  }

  cancelTimer = clock.schedule(ask, INTERVAL_MS)
  connection.closed.addEventListener('abort', () => cancelTimer(), { once: true })
  return ask
}
