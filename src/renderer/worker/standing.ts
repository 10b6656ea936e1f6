import type { ConnectionState } from '../../client/worker-client.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'

/** Where a worker stands for people. Times are ms since the epoch. */
export type Standing =
  /** `roundTripMs`: where it takes long enough to be noticed. */
  | { status: 'live'; roundTripMs?: number }
  /** Nothing is known yet. */
  | { status: 'connecting' }
  /**
   * It does not answer, and is tried again by itself. `why`: where on the way the last try was lost, as far as that is known.
   * `isDistrusted`: something answers, and is not what was trusted; nothing is sent to it.
   */
  | {
      status: 'away'
      lastSeenAt: number | undefined
      attempt: number | undefined
      why: string | undefined
      isDistrusted: boolean
    }
  /** It does not know this client, or not any more. */
  | { status: 'unauthorized'; message: string }
  | { status: 'incompatible'; message: string }

type Told = Pick<WorkerSummary, 'status' | 'lastSeenAt' | 'diagnostics' | 'roundTripMs'>

/**
 * What the shell knows of a worker and what this page's own calls have met, as one. A refusal stands whoever met it; that the
 * worker is there is believed only of calls that go through.
 */
export function standingOf(told: Told, connection: ConnectionState): Standing {
  if (connection.status === 'refused') return { status: connection.reason, message: connection.message }
  switch (told.status) {
    case 'unauthorized':
    case 'incompatible':
      return { status: told.status, message: told.diagnostics.at(-1)?.message ?? '' }
    case 'unreachable':
      return away(told, connection)
    case 'active':
    case 'connecting':
      if (connection.status === 'live') return live(told)
      return connection.status === 'reconnecting' ? away(told, connection) : { status: 'connecting' }
  }
}

function live({ roundTripMs }: Told): Standing {
  return { status: 'live', ...(roundTripMs === undefined ? {} : { roundTripMs }) }
}

/** As the registry has it for a worker whose certificate, or whose way, is not one that may be trusted. */
const DISTRUST = 'remote_runtime_untrusted'

function away({ lastSeenAt, diagnostics }: Told, connection: ConnectionState): Standing {
  const trouble = diagnostics.find(({ severity }) => severity === 'error')
  const met = connection.status === 'reconnecting' ? connection : undefined
  const seen = lastSeenAt === undefined ? undefined : Date.parse(lastSeenAt)
  const times = [seen, met?.lastLiveAt].filter((time) => time !== undefined)
  return {
    status: 'away',
    lastSeenAt: times.length === 0 ? undefined : Math.max(...times),
    attempt: met?.attempt,
    why: trouble?.message,
    isDistrusted: trouble?.code === DISTRUST,
  }
}

const TOKEN_MISSING = 'remote_runtime_token_missing'

/** Why this computer is a stranger to the worker, where that is not the worker's word: its own keychain did not give the token. */
export const lostToken = ({ diagnostics }: Pick<Told, 'diagnostics'>): string | undefined =>
  diagnostics.find(({ code }) => code === TOKEN_MISSING)?.message

/** Whether what is known of the worker may be past. */
export const isStale = (standing: Standing): boolean => standing.status !== 'live'
