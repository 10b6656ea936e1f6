import type { Scope } from '../../contract/agent/clients.ts'

/** Who calls. `local` came over the folder's socket or a port of the app: who may open it may read the folder. */
export type Identity =
  | { kind: 'local'; id: 'local'; scope: 'admin' }
  | { kind: 'client'; id: string; scope: Scope }
  /** `--no-auth`: anyone who can reach the loopback address. */
  | { kind: 'anyone'; id: 'anyone'; scope: 'operate' }

export const LOCAL: Identity = { kind: 'local', id: 'local', scope: 'admin' }
export const ANYONE: Identity = { kind: 'anyone', id: 'anyone', scope: 'operate' }

const RANK: Record<Scope, number> = { read: 0, operate: 1, admin: 2 }

/** Whether `held` is enough where `needed` is asked for: each scope holds those before it. */
export function includesScope(held: Scope, needed: Scope): boolean {
  return RANK[held] >= RANK[needed]
}
