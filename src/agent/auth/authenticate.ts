import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { ClientStore } from './client-store.ts'
import { ANYONE, type Identity, LOCAL, type NotKnownNow } from './identity.ts'
import { tokenOf } from './request-guard.ts'
import type { TailnetUsers } from './tailnet-users.ts'

/** The way a request came in. */
export type Face = 'socket' | 'network'

/** Who a request is from; `undefined` when it has no token that counts, `not known now` when another attempt may find out. */
export type Authenticate = (request: IncomingMessage, face: Face) => Promise<Identity | NotKnownNow | undefined>

export interface AuthenticateDeps {
  clients: Pick<ClientStore, 'authenticate'>
  tailnetUsers: Pick<TailnetUsers, 'identify'>
  /** Whether whoever has no token is let in, as anyone. */
  letsAnyoneIn(): boolean
  /** Told of each connection of the network over which somebody has shown who he is. */
  recognise(socket: Socket): void
}

export function createAuthenticate({ clients, tailnetUsers, letsAnyoneIn, recognise }: AuthenticateDeps): Authenticate {
  return async (request, face) => {
    if (face === 'socket') return LOCAL
    const token = tokenOf(request)
    // Who comes with a token is whose it is, or nobody: that it was revoked is not undone by where it is sent from.
    const found =
      token === undefined
        ? await tailnetUsers.identify(request)
        : clients.authenticate(token, request.socket.remoteAddress)
    if (typeof found !== 'object' && !letsAnyoneIn()) return found
    recognise(request.socket)
    return typeof found === 'object' ? found : ANYONE
  }
}
