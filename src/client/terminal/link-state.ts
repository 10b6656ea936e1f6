import type { TerminalHealth, TerminalState } from '../worker-client.ts'

/** Beyond this a link is slow, and said to be. */
const SLOW_ROUND_TRIP_MS = 400

/** What a person is told of a terminal's link; `undefined` before there was one, and once there is nothing to link to. */
type LinkState = 'live' | 'slow' | 'reconnecting' | 'offline'

export function linkStateOf(state: TerminalState, { roundTripMs }: TerminalHealth): LinkState | undefined {
  if (state.status === 'reconnecting') return state.isOffline ? 'offline' : 'reconnecting'
  if (state.status !== 'live') return undefined
  return roundTripMs !== undefined && roundTripMs > SLOW_ROUND_TRIP_MS ? 'slow' : 'live'
}
