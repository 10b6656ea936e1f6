import type { ConnectionState } from '../../client/worker-client.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'

/** Where a worker stands for people. Times are ms since the epoch. */
export type Standing =
  /** `roundTripMs`: where it takes long enough to be noticed. */
  | { status: 'live'; roundTripMs?: number }
  /** Nothing is known yet. */
  | { status: 'connecting' }
  /** It does not answer, and is tried again by itself. */
  | { status: 'away'; lastSeenAt: number | undefined; attempt: number | undefined }
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

function away({ lastSeenAt }: Told, connection: ConnectionState): Standing {
  const met = connection.status === 'reconnecting' ? connection : undefined
  const seen = lastSeenAt === undefined ? undefined : Date.parse(lastSeenAt)
  const times = [seen, met?.lastLiveAt].filter((time) => time !== undefined)
  return {
    status: 'away',
    lastSeenAt: times.length === 0 ? undefined : Math.max(...times),
    attempt: met?.attempt,
  }
}

/** Whether what is known of the worker may be past. */
export const isStale = (standing: Standing): boolean => standing.status !== 'live'
