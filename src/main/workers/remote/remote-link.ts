import type { ClientRequest } from 'node:http'
import { WebSocket } from 'ws'
import { createWebSocketLink, type WebSocketLink } from '../../../client/links/web-socket-link.ts'
import { rpcOverFrames } from '../../../client/rpc/rpc-over-frames.ts'
import { MAX_FRAME_BYTES } from '../../../contract/terminal/limits.ts'
import type { Reach } from '../reach/reach.ts'
import { creditedFrames } from './credited-frames.ts'

/** Answers to calls may be larger than what flows: `exec` answers with up to 2 MiB of output, six times as long in JSON. */
const MAX_ANSWER_BYTES = 16 * MAX_FRAME_BYTES
/** What `info` answers, which is all that main asks itself, is a fiftieth of this. */
const MAX_INFO_BYTES = 262_144
const SETTINGS = {
  perMessageDeflate: false,
  followRedirects: false,
  handshakeTimeout: 10_000,
  /** How long a worker has to say goodbye; what it sends meanwhile is read, and dropped. */
  closeTimeout: 2_000,
  /** No agent speaks before its answer; what does may go on for ever. */
  finishRequest: (request: ClientRequest): void => {
    for (const event of ['continue', 'information']) request.on(event, () => request.destroy())
    request.end()
  },
}

/**
 * Reaches a remote agent by WebSockets over connections of `reach`. The token travels in the upgrade, never in an address. What
 * `connect` reads is parsed in this process, and may not be more than what was asked for; other channels are passed on.
 */
export function remoteLink(reach: Reach, token: string | undefined): WebSocketLink {
  const passedOn = linkOf(reach, { token, maxAnswerBytes: MAX_ANSWER_BYTES })
  const own = linkOf(reach, { token, maxAnswerBytes: MAX_INFO_BYTES })
  return {
    ...passedOn,
    connect: async (signal) => rpcOverFrames(creditedFrames(await own.openCalls(signal), MAX_INFO_BYTES)),
  }
}

function linkOf(reach: Reach, { token, maxAnswerBytes }: { token: string | undefined; maxAnswerBytes: number }) {
  return createWebSocketLink({
    open: async (urlPath, protocols, signal) => {
      const { socket: connection, authority } = await reach.open(signal)
      const socket = new WebSocket(`ws://${authority}${urlPath}`, protocols, {
        ...SETTINGS,
        createConnection: () => connection,
        maxPayload: urlPath === '/rpc' ? maxAnswerBytes : MAX_FRAME_BYTES,
      })
      socket.binaryType = 'arraybuffer'
      return socket
    },
    ...(token === undefined ? {} : { token }),
  })
}
