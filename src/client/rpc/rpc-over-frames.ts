import type { ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { LinkError } from '../link-error.ts'
import type { CallContext, RpcConnection } from '../worker-client.ts'
import { FrameEventTarget } from './frame-event-target.ts'

/**
 * Calls over an open channel. oRPC leaves calls that are made after the close, and those under way at one's own close,
 * hanging for ever; here each of them rejects with the `LinkError` that `closed` is aborted with.
 */
export function rpcOverFrames(socket: FrameSocket): RpcConnection {
  const ended = new AbortController()
  const channel = new FrameEventTarget(socket)
  const wire = new RPCLink<CallContext>({ websocket: channel })
  channel.start((code, reason) => ended.abort(failureOfClose(code, reason)))
  const link: ClientLink<CallContext> = {
    call: (path, input, options) =>
      new Promise((resolve, reject) => {
        const lose = (): void => reject(lossOf(ended.signal))
        if (ended.signal.aborted) {
          lose()
          return
        }
        ended.signal.addEventListener('abort', lose, { once: true })
        wire
          .call(path, input, options)
          .then(resolve, reject)
          .finally(() => ended.signal.removeEventListener('abort', lose))
      }),
  }
  return { link, closed: ended.signal, close: () => socket.close(CLOSE.exited) }
}

function lossOf(ended: AbortSignal): LinkError {
  return ended.reason instanceof LinkError ? ended.reason : failureOfClose(CLOSE.failed)
}

function failureOfClose(code: number, reason = ''): LinkError {
  if (code === CLOSE.unauthorized)
    return new LinkError('unauthorized', 'The worker does not know this client any more.')
  if (code === CLOSE.incompatible) return new LinkError('incompatible', reason)
  return new LinkError('unreachable', 'The connection to the worker was lost.')
}
