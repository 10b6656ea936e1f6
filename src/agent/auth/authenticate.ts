import type { IncomingMessage } from 'node:http'
import type { ClientStore } from './client-store.ts'
import { ANYONE, type Identity, LOCAL } from './identity.ts'
import { tokenOf } from './request-guard.ts'

/** The way a request came in. */
export type Face = 'socket' | 'network'

/** Who a request is from; `undefined` when it has no token that counts. */
export type Authenticate = (request: Pick<IncomingMessage, 'headers'>, face: Face) => Identity | undefined

export function createAuthenticate({ clients, noAuth }: { clients: ClientStore; noAuth: boolean }): Authenticate {
  return (request, face) => {
    if (face === 'socket') return LOCAL
    const token = tokenOf(request)
    const client = token === undefined ? undefined : clients.authenticate(token)
    if (client !== undefined) return { kind: 'client', id: client.id, scope: client.scope }
    return noAuth ? ANYONE : undefined
  }
}
