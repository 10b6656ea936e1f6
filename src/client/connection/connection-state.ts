import { assertNever } from '../assert-never.ts'

/** Where the connection to the worker stands. Times are ms since the epoch. */
export type ConnectionState =
  /** Nothing is known yet: the first attempts. */
  | { status: 'connecting'; attempt: number }
  | { status: 'live'; since: number; attempt: number }
  /** It was live, or never was; the next attempt is made at `retryAt` (under way when that has passed). */
  | { status: 'reconnecting'; attempt: number; retryAt: number; lastLiveAt: number | undefined }
  | { status: 'refused'; reason: 'unauthorized' | 'incompatible'; message: string }
  | { status: 'closed' }

export type ConnectionEvent =
  | { type: 'attempt'; at: number }
  | { type: 'opened'; at: number }
  /** An attempt failed, or the live connection broke. `delayMs` says when the next attempt follows. */
  | { type: 'lost'; at: number; delayMs: number }
  | { type: 'refused'; reason: 'unauthorized' | 'incompatible'; message: string }
  | { type: 'disposed' }

/** A connection that lasted this long was a good one: the next loss begins the waits anew. */
const GOOD_CONNECTION_MS = 10_000

export const INITIAL_CONNECTION: ConnectionState = { status: 'connecting', attempt: 1 }

/** The number of the attempt that a loss at `at` leads to; what the wait before it grows with. */
export function nextAttempt(state: ConnectionState, at: number): number {
  switch (state.status) {
    case 'connecting':
    case 'reconnecting':
      return state.attempt + 1
    case 'live':
      return at - state.since >= GOOD_CONNECTION_MS ? 1 : state.attempt + 1
    case 'refused':
    case 'closed':
      return 1
    default:
      return assertNever(state)
  }
}

export function reduceConnection(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  if (state.status === 'closed') return state
  switch (event.type) {
    case 'attempt':
      return state.status === 'refused' ? INITIAL_CONNECTION : withRetryAt(state, event.at)
    case 'opened':
      return { status: 'live', since: event.at, attempt: 'attempt' in state ? state.attempt : 1 }
    case 'lost':
      return {
        status: 'reconnecting',
        attempt: nextAttempt(state, event.at),
        retryAt: event.at + event.delayMs,
        lastLiveAt: lastLiveAt(state, event.at),
      }
    case 'refused':
      return { status: 'refused', reason: event.reason, message: event.message }
    case 'disposed':
      return { status: 'closed' }
    default:
      return assertNever(event)
  }
}

function withRetryAt(state: ConnectionState, at: number): ConnectionState {
  return state.status === 'reconnecting' && state.retryAt !== at ? { ...state, retryAt: at } : state
}

function lastLiveAt(state: ConnectionState, at: number): number | undefined {
  if (state.status === 'live') return at
  return state.status === 'reconnecting' ? state.lastLiveAt : undefined
}
