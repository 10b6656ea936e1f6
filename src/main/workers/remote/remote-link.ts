import type { ClientRequest } from 'node:http'
import { WebSocket } from 'ws'
import { LateError } from '../../../client/link-error.ts'
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
}

/** No agent speaks before its answer; what does may go on for ever. */
function finish(request: ClientRequest): void {
  for (const event of ['continue', 'information']) request.on(event, () => request.destroy())
  request.end()
}

/**
 * Reaches a remote agent by WebSockets over connections of `reach`. The token travels in the upgrade, never in an address. What
 * `connect` reads is parsed in this process, and may not be more than what was asked for; other channels are passed on. `connect` rejects
 * with `LateError` where the connection was taken and nothing was answered.
 */
export function remoteLink(reach: Reach, token: string | undefined): WebSocketLink {
  const passedOn = linkOf(reach, { token, maxAnswerBytes: MAX_ANSWER_BYTES })
  return {
    ...passedOn,
    connect: async (signal) => {
      const late = new AbortController()
      const own = linkOf(reach, { token, maxAnswerBytes: MAX_INFO_BYTES, late: () => late.abort() })
      try {
        return rpcOverFrames(creditedFrames(await own.openCalls(signal), MAX_INFO_BYTES))
      } catch (error) {
        throw late.signal.aborted ? new LateError() : error
      }
    },
  }
}

interface Channels {
  token: string | undefined
  maxAnswerBytes: number
  /** Called when an upgrade was not answered. */
  late?: () => void
}

function linkOf(reach: Reach, { token, maxAnswerBytes, late }: Channels): WebSocketLink {
  return createWebSocketLink({
    open: async (urlPath, protocols, signal) => {
      const { socket: connection, authority } = await reach.open(signal)
      const socket = new WebSocket(`ws://${authority}${urlPath}`, protocols, {
        ...SETTINGS,
        finishRequest: (request: ClientRequest): void => {
          request.once('timeout', () => late?.())
          finish(request)
        },
        createConnection: () => connection,
        maxPayload: urlPath === '/rpc' ? maxAnswerBytes : MAX_FRAME_BYTES,
      })
      socket.binaryType = 'arraybuffer'
      return socket
    },
    ...(token === undefined ? {} : { token }),
  })
}
