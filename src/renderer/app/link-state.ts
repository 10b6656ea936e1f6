import { strings } from '../strings/index.ts'
import type { StatusKind } from '../ui/status-icon.tsx'
import { formatSeen } from '../worker/format.ts'
import type { RefusalCause, Standing } from '../worker/standing.ts'

type LinkLook = { kind: StatusKind; word: string }

/** Beyond this a link is slow, as that of a terminal is. */
const SLOW_ROUND_TRIP_MS = 400

const REFUSED: Record<RefusalCause, LinkLook> = {
  refused: { kind: 'locked', word: strings.workers.notPaired },
  token_missing: { kind: 'locked', word: strings.workers.tokenMissing },
  another_agent: { kind: 'failed', word: strings.workers.distrusted },
}

/** How a worker's standing is shown. `now` in ms since the epoch. */
export function linkStateOf(standing: Standing, now: number): LinkLook {
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
      return REFUSED[standing.cause]
    case 'incompatible':
      return { kind: 'failed', word: strings.workers.otherVersion }
  }
}

function liveState(roundTripMs: number | undefined): LinkLook {
  if (roundTripMs === undefined) return { kind: 'running', word: strings.shell.live }
  const isSlow = roundTripMs > SLOW_ROUND_TRIP_MS
  return isSlow
    ? { kind: 'waiting', word: strings.workers.slowAnswers(roundTripMs) }
    : { kind: 'running', word: strings.workers.liveAnswers(roundTripMs) }
}
