import { WebSocket } from 'ws'
import { createWebSocketLink, type WebSocketLink } from '../../../client/links/web-socket-link.ts'
import { MAX_FRAME_BYTES } from '../../../contract/terminal/limits.ts'
import type { Reach } from '../reach/reach.ts'

/** Answers to calls may be larger than what flows: `exec` answers with up to 2 MiB of output, six times as long in JSON. */
const MAX_ANSWER_BYTES = 16 * MAX_FRAME_BYTES
const HANDSHAKE_MS = 10_000

/** Reaches a remote agent by WebSockets over connections of `reach`. The token travels in the upgrade, never in an address. */
export function remoteLink(reach: Reach, token: string | undefined): WebSocketLink {
  return createWebSocketLink({
    open: async (urlPath, protocols, signal) => {
      const { socket: connection, authority } = await reach.open(signal)
      const socket = new WebSocket(`ws://${authority}${urlPath}`, protocols, {
        createConnection: () => connection,
        perMessageDeflate: false,
        followRedirects: false,
        handshakeTimeout: HANDSHAKE_MS,
        maxPayload: urlPath === '/rpc' ? MAX_ANSWER_BYTES : MAX_FRAME_BYTES,
      })
      socket.binaryType = 'arraybuffer'
      return socket
    },
    ...(token === undefined ? {} : { token }),
  })
}
