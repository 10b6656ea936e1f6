import type { TerminalHealth, TerminalState } from '../worker-client.ts'

/** Beyond this a link is slow, and said to be; below the other it is not any more. Between them it stays what it was. */
const SLOW_ROUND_TRIP_MS = 400
const FAST_ROUND_TRIP_MS = 300

/** What a person is told of a terminal's link; `undefined` before there was one, and once there is nothing to link to. */
export type LinkState = 'live' | 'slow' | 'reconnecting' | 'offline'

export function linkStateOf(
  state: TerminalState,
  { roundTripMs = 0 }: Pick<TerminalHealth, 'roundTripMs'>,
  before?: LinkState,
): LinkState | undefined {
  if (state.status === 'reconnecting') return state.isOffline ? 'offline' : 'reconnecting'
  if (state.status !== 'live') return undefined
  return roundTripMs > (before === 'slow' ? FAST_ROUND_TRIP_MS : SLOW_ROUND_TRIP_MS) ? 'slow' : 'live'
}
