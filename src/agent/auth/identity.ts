import type { ClientKind, Scope } from '../../contract/agent/clients.ts'
import type { AskerIdentity } from '../../contract/agent/info.ts'

/** Who calls. `local` came over the folder's socket or a port of the app: who may open it may read the folder. */
export type Identity =
  | { kind: 'local'; id: 'local'; scope: 'admin' }
  | {
      kind: ClientKind
      id: string
      name: string
      scope: Scope
      /** When what it has open ends, in milliseconds since 1970. */
      expiresAt?: number
    }
  /** `--no-auth`: anyone who can reach the loopback address. */
  | { kind: 'anyone'; id: 'anyone'; scope: 'operate' }

/** Who somebody is cannot be found out now, and may be at another attempt: that is no refusal. */
export type NotKnownNow = 'not known now'

export const LOCAL: Identity = { kind: 'local', id: 'local', scope: 'admin' }
export const ANYONE: Identity = { kind: 'anyone', id: 'anyone', scope: 'operate' }

const RANK: Record<Scope, number> = { read: 0, operate: 1, admin: 2 }

/** Whether `held` is enough where `needed` is asked for: each scope holds those before it. */
export function includesScope(held: Scope, needed: Scope): boolean {
  return RANK[held] >= RANK[needed]
}

/** What a caller is told about itself. */
export function describeIdentity(identity: Identity): AskerIdentity {
  const { id, scope, kind } = identity
  return { id, scope, kind, ...('name' in identity ? { name: identity.name } : {}) }
}
