import { strings } from '../strings/index.ts'
import type { StatusKind } from '../ui/status-icon.tsx'
import { formatSeen } from '../worker/format.ts'
import type { Standing } from '../worker/standing.ts'

/** How a worker's standing is shown. `now` in ms since the epoch. */
export function linkStateOf(standing: Standing, now: number): { kind: StatusKind; word: string } {
  switch (standing.status) {
    case 'connecting':
      return { kind: 'busy', word: strings.shell.connecting }
    case 'live':
      return { kind: 'running', word: strings.shell.live }
    case 'away': {
      const { lastSeenAt } = standing
      const word =
        lastSeenAt === undefined ? strings.workers.notAnswering : strings.workers.lastSeen(formatSeen(lastSeenAt, now))
      return { kind: 'unreachable', word }
    }
    case 'unauthorized':
      return { kind: 'locked', word: strings.workers.pairAgain }
    case 'incompatible':
      return { kind: 'failed', word: strings.workers.otherVersion }
  }
}
