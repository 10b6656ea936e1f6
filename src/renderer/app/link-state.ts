import type { ConnectionState } from '../../client/worker-client.ts'
import { strings } from '../strings/index.ts'
import type { StatusKind } from '../ui/status-icon.tsx'

/** How the connection to a worker is shown. */
export function linkStateOf(state: ConnectionState): { kind: StatusKind; word: string } {
  switch (state.status) {
    case 'connecting':
      return { kind: 'busy', word: strings.shell.connecting }
    case 'live':
      return { kind: 'running', word: strings.shell.live }
    case 'reconnecting':
      return { kind: 'unreachable', word: strings.shell.reconnecting }
    case 'refused':
      return { kind: 'failed', word: strings.shell.refused }
    case 'closed':
      return { kind: 'unreachable', word: strings.shell.closed }
  }
}

/** Whether what is known of the worker may be past. */
export const isStale = (state: ConnectionState): boolean => state.status !== 'live'
