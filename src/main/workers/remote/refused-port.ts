import { CLOSE } from '../../../contract/terminal/limits.ts'
import { assertNever } from '../../../domain/assert-never.ts'
import type { RemoteState } from './remote-state.ts'
import { shownText } from './shown-text.ts'

/** The code by which a port is told that it leads nowhere now, beside those of the terminal sockets. */
export const TRY_AGAIN_LATER = 1013

/** Why a port leads nowhere on a worker that stands so; undefined where it leads there. */
export function refusedPort(phase: RemoteState['phase']): { code: number; reason: string } | undefined {
  switch (phase.name) {
    case 'active':
      return undefined
    case 'connecting':
    case 'unreachable':
      return { code: TRY_AGAIN_LATER, reason: 'The worker cannot be reached.' }
    case 'unauthorized':
      return { code: CLOSE.unauthorized, reason: 'The worker does not let this computer in.' }
    case 'incompatible':
      return { code: CLOSE.incompatible, reason: shownText(phase.message, 200) }
    default:
      return assertNever(phase)
  }
}
