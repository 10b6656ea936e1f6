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
  /** It does not let this client in, or this side does not go in. */
  | { status: 'unauthorized'; cause: RefusalCause; message: string }
  | { status: 'incompatible'; message: string }

/** `refused`: the worker's own word. `token_missing`: the keychain did not give its token. `another_agent`: it is not the worker. */
export type RefusalCause = 'refused' | 'token_missing' | 'another_agent'

type Told = Pick<WorkerSummary, 'status' | 'lastSeenAt' | 'diagnostics' | 'roundTripMs'>

/**
 * What the shell knows of a worker and what this page's own calls have met, as one. What the shell knows counts more, for it tries first; that
 * the worker is there is believed only of calls that go through.
 */
export function standingOf(told: Told, connection: ConnectionState): Standing {
  switch (told.status) {
    case 'unauthorized':
      return unauthorized(told)
    case 'incompatible':
      return { status: 'incompatible', message: told.diagnostics.at(-1)?.message ?? '' }
    case 'unreachable':
      return away(told, connection)
    case 'active':
      return connection.status === 'refused' ? refused(connection) : met(told, connection)
    case 'connecting':
      return met(told, connection)
  }
}

function met(told: Told, connection: ConnectionState): Standing {
  if (connection.status === 'live') return live(told)
  return connection.status === 'reconnecting' ? away(told, connection) : { status: 'connecting' }
}

function refused({ reason, message }: Extract<ConnectionState, { status: 'refused' }>): Standing {
  return reason === 'unauthorized' ? { status: reason, cause: 'refused', message } : { status: reason, message }
}

function unauthorized({ diagnostics }: Told): Standing {
  const trouble = diagnostics.find(({ severity }) => severity === 'error')
  return {
    status: 'unauthorized',
    cause: CAUSES.get(trouble?.code ?? '') ?? 'refused',
    message: trouble?.message ?? '',
  }
}

function live({ roundTripMs }: Told): Standing {
  return { status: 'live', ...(roundTripMs === undefined ? {} : { roundTripMs }) }
}

/** As the registry has it for a worker whose certificate, whose way, or whose agent is not one that may be trusted. */
const DISTRUST = 'remote_runtime_untrusted'

const CAUSES: ReadonlyMap<string, RefusalCause> = new Map([
  [DISTRUST, 'another_agent'],
  ['remote_runtime_token_missing', 'token_missing'],
])

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

/** Whether what is known of the worker may be past. */
export const isStale = (standing: Standing): boolean => standing.status !== 'live'

/**
 * Whether how the worker stands is all that a page of it can show: it may not be used, nothing is known of it, or what is known is that there
 * is nothing, and nobody can be asked for more.
 */
export function isAllThatIsKnown(standing: Standing, workspaces: readonly unknown[] | undefined): boolean {
  switch (standing.status) {
    case 'unauthorized':
    case 'incompatible':
      return true
    case 'away':
      return workspaces === undefined || workspaces.length === 0
    case 'connecting':
    case 'live':
      return workspaces === undefined
  }
}
