import type { Logger } from 'pino'
import type { Scope } from '../../contract/agent/clients.ts'
import { AgentError } from '../agent-error.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { ClientStore } from '../auth/client-store.ts'
import type { Pairing } from '../auth/pairing.ts'
import type { TailnetUsers } from '../auth/tailnet-users.ts'
import type { ConfigService } from '../services.ts'
import type { Guarded } from './guarded.ts'

export interface ClientProcedureDeps {
  clients: ClientStore
  tailnetUsers: Pick<TailnetUsers, 'list'>
  core: { configuration: Pick<ConfigService, 'forgetTailnetUser'> }
  pairing: Pairing
  audit: AuditLog
  /** Called when a client has been added. */
  clientsChanged(): void
  /** Called when a client's token is void, to end what it has open. */
  revoked(client: string): void
  log: Logger
}

const DEFAULT_PAIRED_SCOPE: Scope = 'operate'
const DEFAULT_PAGE = 100

/** The procedures of `clients` and `audit`: who is let in, and what they did. */
export function clientProcedures(guarded: Pick<Guarded, 'clients' | 'audit'>, deps: ClientProcedureDeps) {
  const { clients, tailnetUsers, pairing, audit, log } = deps
  return {
    clients: {
      list: guarded.clients.list.handler(() => [...clients.list(), ...tailnetUsers.list()]),
      revoke: guarded.clients.revoke.handler(async ({ input }) => {
        await revokeClient(deps, input.id)
        return { success: true } as const
      }),
      leave: guarded.clients.leave.handler(async ({ context }) => {
        await forgetClient(deps, context.identity.id)
        return { success: true } as const
      }),
      pair: guarded.clients.pair.handler(({ input, context }) => {
        const scope = input?.scope ?? DEFAULT_PAIRED_SCOPE
        log.info({ scope, by: context.identity.id }, 'a pairing code was issued')
        return { ...pairing.issue(scope), scope }
      }),
      addToken: guarded.clients.addToken.handler(async ({ input, context }) => {
        const added = await clients.add({ ...input, kind: 'token' })
        deps.clientsChanged()
        const { id: client, name, scope } = added.client
        log.info({ client, name, scope, by: context.identity.id }, 'a token was made for a program')
        return added
      }),
    },
    audit: {
      list: guarded.audit.list.handler(({ input }) =>
        audit.list({ before: input?.before, limit: input?.limit ?? DEFAULT_PAGE }),
      ),
    },
  }
}

async function revokeClient(deps: ClientProcedureDeps, client: string): Promise<void> {
  const { tailnetUsers, core } = deps
  const user = tailnetUsers.list().find(({ id }) => id === client)
  if (user !== undefined) {
    // What this user has open ends by the change of the configuration, as when it is made by hand.
    await core.configuration.forgetTailnetUser(user.login)
    return
  }
  await forgetClient(deps, client)
}

async function forgetClient({ clients, revoked }: ClientProcedureDeps, client: string): Promise<void> {
  const isKnown = clients.list().some(({ id }) => id === client)
  const revoking = clients.revoke(client)
  // Its token is void from here on, whether or not that can be written.
  if (isKnown) revoked(client)
  if (!(await revoking)) throw new AgentError('NOT_FOUND', 'There is no client of this id.')
}
