import WebSocket from 'ws'
import { MAX_FRAME_BYTES, TERMINAL_SUBPROTOCOL } from '../../contract/terminal/limits.ts'
import type { RuntimeEndpoint } from '../services.ts'
import { type DrainingFrames, SocketFrames } from './socket-frames.ts'

const HANDSHAKE_MS = 10_000

/** What a channel at a runtime is for. */
export interface RuntimeChannel {
  path: string
  protocol: string
}

const TERMINAL: RuntimeChannel = { path: '/api/v1/terminals', protocol: TERMINAL_SUBPROTOCOL }

/** Opens a channel at a runtime, for one terminal where nothing else is said. Rejects when the runtime does not take it. */
export function dialRuntime(
  endpoint: RuntimeEndpoint,
  { path, protocol }: RuntimeChannel = TERMINAL,
): Promise<DrainingFrames> {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host
  const socket = new WebSocket(`ws://${host}:${endpoint.port}${path}`, protocol, {
    headers: { authorization: `Bearer ${endpoint.token}` },
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  })
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.off('error', reject)
      resolve(new SocketFrames(socket))
    })
    socket.once('error', reject)
  })
}
