import { strings } from '../strings/index.ts'
import type { StatusKind } from '../ui/status-icon.tsx'
import { formatSeen } from '../worker/format.ts'
import type { Standing } from '../worker/standing.ts'

/** Beyond this a link is slow, as that of a terminal is. */
const SLOW_ROUND_TRIP_MS = 400

/** How a worker's standing is shown. `now` in ms since the epoch. */
export function linkStateOf(standing: Standing, now: number): { kind: StatusKind; word: string } {
  switch (standing.status) {
    case 'connecting':
      return { kind: 'busy', word: strings.shell.connecting }
    case 'live':
      return liveState(standing.roundTripMs)
    case 'away': {
      const { lastSeenAt, isDistrusted } = standing
      if (isDistrusted) return { kind: 'failed', word: strings.workers.distrusted }
      const word =
        lastSeenAt === undefined ? strings.workers.notAnswering : strings.workers.lastSeen(formatSeen(lastSeenAt, now))
      return { kind: 'unreachable', word }
    }
    case 'unauthorized':
      return standing.cause === 'another_agent'
        ? { kind: 'failed', word: strings.workers.distrusted }
        : { kind: 'locked', word: strings.workers.pairAgain }
    case 'incompatible':
      return { kind: 'failed', word: strings.workers.otherVersion }
  }
}

function liveState(roundTripMs: number | undefined): { kind: StatusKind; word: string } {
  if (roundTripMs === undefined) return { kind: 'running', word: strings.shell.live }
  const isSlow = roundTripMs > SLOW_ROUND_TRIP_MS
  return isSlow
    ? { kind: 'waiting', word: strings.workers.slowAnswers(roundTripMs) }
    : { kind: 'running', word: strings.workers.liveAnswers(roundTripMs) }
}
