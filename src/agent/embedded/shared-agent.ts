import { createORPCClient } from '@orpc/client'
import { joinFrames } from '../../client/frames/join-frames.ts'
import { PortFrames } from '../../client/frames/port-frames.ts'
import { asDomPort, type TransferredPort } from '../../client/frames/transferred-port.ts'
import { WebSocketFrames, whenOpen } from '../../client/frames/web-socket-frames.ts'
import { rpcOverFrames } from '../../client/rpc/rpc-over-frames.ts'
import type { AgentApi } from '../../contract/agent/index.ts'
import type { AgentInfo } from '../../contract/agent/info.ts'
import { CLOSE, RPC_SUBPROTOCOL, TERMINAL_SUBPROTOCOL } from '../../contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../contract/upload/limits.ts'
import { isCompatibleProtocol } from '../../contract/version.ts'
import type { AgentPlace } from '../../local-agent/place.ts'
import { agentSockets } from '../../local-agent/sockets.ts'
import type { PortedRequest } from '../main.ts'
import { VersionMismatch } from './refusal.ts'

/** An agent that ran on this folder before the app came, reached over the folder's socket. */
export interface SharedAgent {
  readonly info: AgentInfo
  /** Aborted when that agent goes. */
  readonly gone: AbortSignal
  join: (request: PortedRequest, port: TransferredPort) => void
}

/** An agent that listens on its socket but does not answer for this long is not one to wait for. */
const CONNECT_LIMIT_MS = 5_000

/** Connects to the agent at `place`. Rejects with `LinkError` where that one does not answer, or `VersionMismatch`. */
export async function connectShared(place: AgentPlace): Promise<SharedAgent> {
  const frames = openFrames(place, '/rpc', RPC_SUBPROTOCOL)
  await whenOpen(frames, AbortSignal.timeout(CONNECT_LIMIT_MS))
  const connection = rpcOverFrames(frames)
  const api: AgentApi = createORPCClient(connection.link)
  const info = await api.info()
  if (!isCompatibleProtocol(info.protocol)) throw new VersionMismatch()
  return {
    info,
    gone: connection.closed,
    join: (request, port) => void joinPort(place, request, port),
  }
}

/** One WebSocket for one port, as every client of the agent has: its limits and its credits hold end to end. */
async function joinPort(place: AgentPlace, request: PortedRequest, port: TransferredPort): Promise<void> {
  const near = new PortFrames(asDomPort(port))
  const far = openFor(place, request)
  try {
    await whenOpen(far, AbortSignal.timeout(CONNECT_LIMIT_MS))
  } catch {
    near.close(CLOSE.failed, 'The agent does not answer.')
    return
  }
  joinFrames(near, far)
}

function openFor(place: AgentPlace, request: PortedRequest): WebSocketFrames {
  if (request.kind === 'worker') return openFrames(place, '/rpc', RPC_SUBPROTOCOL)
  const protocol = request.kind === 'terminal' ? TERMINAL_SUBPROTOCOL : UPLOAD_SUBPROTOCOL
  return openFrames(place, `/${request.kind}/${encodeURIComponent(request.workspace)}`, protocol)
}

function openFrames(place: AgentPlace, path: string, protocol: string): WebSocketFrames {
  return new WebSocketFrames(agentSockets(place)(path, [protocol]))
}
