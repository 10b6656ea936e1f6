import os from 'node:os'
import { withEventMeta } from '@orpc/server'
import type { Logger } from 'pino'
import type { Scope } from '../../contract/agent/clients.ts'
import type { AgentInfo } from '../../contract/agent/info.ts'
import type { TemplateInfo } from '../../contract/agent/templates.ts'
import { PROTOCOL_VERSION } from '../../contract/version.ts'
import { AgentError } from '../agent-error.ts'
import type { ClientStore } from '../auth/client-store.ts'
import type { Pairing } from '../auth/pairing.ts'
import type { RateLimit } from '../auth/rate-limit.ts'
import type { RootAccess } from '../auth/root-access.ts'
import type { Core } from '../core.ts'
import type { Conceal } from '../log.ts'
import { configProcedures } from './config-procedures.ts'
import { guard, lasting } from './guarded.ts'
import { CAPABILITIES } from './scopes.ts'
import { shownEvent } from './shown.ts'
import { workspaceProcedures } from './workspace-procedures.ts'

export interface ProcedureDeps {
  core: Pick<
    Core,
    'workspaces' | 'configuration' | 'events' | 'stats' | 'engine' | 'agentId' | 'templates' | 'diagnostics'
  >
  clients: ClientStore
  pairing: Pairing
  rootAccess: RootAccess
  /** Calls of each client; those of this computer are not counted. */
  calls: RateLimit
  /** Called when a client's token is void, to end what it has open. */
  revoked(client: string): void
  /** Told of every value that must not appear in a log; what it returns lets go of them again. */
  concealValues: Conceal
  terminalConnections(): number
  version: string
  /** It has an address that others can reach. */
  isPairable: boolean
  log: Logger
}

const DEFAULT_STATS_SECONDS = 2
const DEFAULT_PAIRED_SCOPE: Scope = 'operate'

export type AgentRouter = ReturnType<typeof createProcedures>

/** Every procedure of the contract, behind one check of who may call it and one translation of what can fail. */
export function createProcedures(deps: ProcedureDeps) {
  const { core, clients, pairing } = deps
  const { workspaces } = core
  const done = { success: true } as const
  const guarded = guard(deps)

  return guarded.router({
    workspaces: workspaceProcedures(guarded, {
      workspaces,
      rootAccess: deps.rootAccess,
      concealValues: deps.concealValues,
    }),
    terminals: {
      list: guarded.terminals.list.handler(({ input }) => workspaces.terminals(input.workspace)),
      rename: guarded.terminals.rename.handler(async ({ input }) => {
        await workspaces.renameTerminal(input.workspace, input.terminal, input.title)
        return done
      }),
      close: guarded.terminals.close.handler(async ({ input }) => {
        await workspaces.closeTerminal(input.workspace, input.terminal)
        return done
      }),
    },
    events: guarded.events.handler(async function* ({ input, context, signal, lastEventId }) {
      const events = core.events.subscribe(input.after ?? lastEventId, lasting(signal))
      for await (const event of events) yield withEventMeta(shownEvent(context.identity, event), { id: event.id })
    }),
    stats: guarded.stats.handler(({ input, signal }) => {
      const { workspace: name, intervalSeconds = DEFAULT_STATS_SECONDS } = input
      return core.stats.follow({ name, intervalMs: intervalSeconds * 1000 }, lasting(signal))
    }),
    info: guarded.info.handler(() => describeAgent(deps)),
    clients: {
      list: guarded.clients.list.handler(() => clients.list()),
      revoke: guarded.clients.revoke.handler(async ({ input }) => {
        await revokeClient(deps, input.id)
        return done
      }),
      pair: guarded.clients.pair.handler(({ input, context }) => {
        const scope = input?.scope ?? DEFAULT_PAIRED_SCOPE
        deps.log.info({ scope, by: context.identity.id }, 'a pairing code was issued')
        return { ...pairing.issue(scope), scope }
      }),
    },
    config: configProcedures(guarded, core),
  })
}

async function revokeClient({ clients, revoked }: ProcedureDeps, client: string): Promise<void> {
  const isKnown = clients.list().some(({ id }) => id === client)
  const revoking = clients.revoke(client)
  // Its token is void from here on, whether or not that can be written.
  if (isKnown) revoked(client)
  if (!(await revoking)) throw new AgentError('NOT_FOUND', 'There is no client of this id.')
}

function usableTemplates(templates: readonly TemplateInfo[]): AgentInfo['templates'] {
  const usable = templates.filter(({ problem }) => problem === undefined)
  return usable.map(({ name, description }) => ({ name, description }))
}

function describeAgent({ core, version, terminalConnections, isPairable }: ProcedureDeps): AgentInfo {
  return {
    agentId: core.agentId,
    hostname: os.hostname(),
    uptime: process.uptime(),
    workspacesCount: core.workspaces.list().length,
    dockerVersion: core.engine.state.version ?? '',
    terminalConnections: terminalConnections(),
    version,
    protocol: PROTOCOL_VERSION,
    capabilities: [...CAPABILITIES],
    isPairable,
    engine: core.engine.state,
    templates: usableTemplates(core.templates()),
    diagnostics: core.diagnostics(),
  }
}
