import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { RPC_SUBPROTOCOL, TERMINAL_SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '../../contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../contract/upload/limits.ts'
import { type SocketLike, WebSocketFrames, whenOpen } from '../frames/web-socket-frames.ts'
import { LinkError } from '../link-error.ts'
import { rpcOverFrames } from '../rpc/rpc-over-frames.ts'
import type { WorkerLink } from '../worker-client.ts'

export interface WebSocketLinkOptions {
  /** Begins to open a WebSocket to `path` of the worker, with `binaryType` `arraybuffer`. What it rejects with is told as it is. */
  open: (path: string, protocols: string[], signal: AbortSignal) => SocketLike | Promise<SocketLike>
  /** Travels as a subprotocol, because browsers cannot set headers; never in the address. */
  token?: string
}

/** A link whose channel for calls can be had as it is too: for who passes calls on and makes none. */
export interface WebSocketLink extends WorkerLink {
  openCalls(signal: AbortSignal): Promise<FrameSocket>
}

/** Reaches a worker by WebSockets: one for calls, one for each terminal and each file. */
export function createWebSocketLink({ open, token }: WebSocketLinkOptions): WebSocketLink {
  const channel = async (
    request: { path: string; protocol: string },
    signal: AbortSignal,
  ): Promise<WebSocketFrames> => {
    signal.throwIfAborted()
    const credential = token === undefined ? [] : [`${TOKEN_SUBPROTOCOL_PREFIX}${token}`]
    const frames = new WebSocketFrames(await open(request.path, [request.protocol, ...credential], signal))
    await whenOpen(frames, signal)
    if (frames.protocol === request.protocol) return frames
    frames.close(1000)
    throw new LinkError('incompatible', 'What answers there does not speak this protocol. Update the older side.')
  }
  const openCalls = (signal: AbortSignal): Promise<WebSocketFrames> =>
    channel({ path: '/rpc', protocol: RPC_SUBPROTOCOL }, signal)
  return {
    needsProbe: true,
    openCalls,
    connect: async (signal) => rpcOverFrames(await openCalls(signal)),
    openTerminal: (workspace, signal) =>
      channel({ path: `/terminal/${encodeURIComponent(workspace)}`, protocol: TERMINAL_SUBPROTOCOL }, signal),
    openUpload: (workspace, signal) =>
      channel({ path: `/upload/${encodeURIComponent(workspace)}`, protocol: UPLOAD_SUBPROTOCOL }, signal),
  }
}

/** Opens WebSockets with the browser's own, below `origin` (`http:` or `https:`). */
export function browserSockets(origin: string): (path: string, protocols: string[]) => SocketLike {
  return (path, protocols) => {
    const url = new URL(path, origin)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(url, protocols)
    socket.binaryType = 'arraybuffer'
    return socket
  }
}
