import type { IncomingMessage } from 'node:http'
import type { ClientStore } from './client-store.ts'
import { ANYONE, type Identity, LOCAL } from './identity.ts'
import { tokenOf } from './request-guard.ts'

/** The way a request came in. */
export type Face = 'socket' | 'network'

/** Who a request is from; `undefined` when it has no token that counts. */
export type Authenticate = (request: IncomingMessage, face: Face) => Promise<Identity | undefined>

export interface AuthenticateDeps {
  clients: ClientStore
  noAuth: boolean
}

export function createAuthenticate({ clients, noAuth }: AuthenticateDeps): Authenticate {
  return (request, face) => {
    if (face === 'socket') return Promise.resolve(LOCAL)
    const token = tokenOf(request)
    const client = token === undefined ? undefined : clients.authenticate(token, request.socket.remoteAddress)
    return Promise.resolve(client ?? (noAuth ? ANYONE : undefined))
  }
}
