import type { WebSocketLink } from '../../../client/links/web-socket-link.ts'
import type { PortRequest } from '../../../contract/desktop/port.ts'
import type { FrameSocket } from '../../../contract/terminal/frame-socket.ts'
import { assertNever } from '../../../domain/assert-never.ts'

/** A port that is asked for something of a remote worker. */
export type WorkerRequest = Exclude<PortRequest, { kind: 'desktop' }>

const OPEN_MS = 15_000

/** Opens what `request` is for, in time or not at all. */
export function openChannel(link: WebSocketLink, request: WorkerRequest): Promise<FrameSocket> {
  const signal = AbortSignal.timeout(OPEN_MS)
  switch (request.kind) {
    case 'worker':
      return link.openCalls(signal)
    case 'terminal':
      return link.openTerminal(request.workspace, signal)
    case 'upload':
      return link.openUpload(request.workspace, signal)
    default:
      return assertNever(request)
  }
}
