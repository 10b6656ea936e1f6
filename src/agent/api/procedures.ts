import { withEventMeta } from '@orpc/server'
import type { RateLimit } from '../auth/rate-limit.ts'
import type { WorkspaceDoor } from '../auth/workspace-door.ts'
import type { Core } from '../core.ts'
import type { Conceal } from '../log.ts'
import { type ClientProcedureDeps, clientProcedures } from './client-procedures.ts'
import { configProcedures } from './config-procedures.ts'
import { type DescribedAgent, describeAgent } from './describe-agent.ts'
import { guard, lasting } from './guarded.ts'
import { shownEvent } from './shown.ts'
import { workspaceProcedures } from './workspace-procedures.ts'

export interface ProcedureDeps extends ClientProcedureDeps, DescribedAgent {
  core: Pick<Core, 'configuration' | 'events' | 'stats' | 'engine' | 'agentId' | 'templates' | 'diagnostics'>
  door: WorkspaceDoor
  /** Calls of each client; those of this computer are not counted. */
  calls: RateLimit
  /** Told of every value that must not appear in a log; what it returns lets go of them again. */
  concealValues: Conceal
}

const DEFAULT_STATS_SECONDS = 2

export type AgentRouter = ReturnType<typeof createProcedures>

/** Every procedure of the contract, behind one check of who may call it and one translation of what can fail. */
export function createProcedures(deps: ProcedureDeps) {
  const { core, door } = deps
  const done = { success: true } as const
  const guarded = guard(deps)

  return guarded.router({
    workspaces: workspaceProcedures(guarded, { door, concealValues: deps.concealValues }),
    terminals: {
      list: guarded.terminals.list.handler(({ input, context }) => door(context.identity).terminals(input.workspace)),
      rename: guarded.terminals.rename.handler(async ({ input, context }) => {
        await door(context.identity).renameTerminal(input.workspace, input.terminal, input.title)
        return done
      }),
      close: guarded.terminals.close.handler(async ({ input, context }) => {
        await door(context.identity).closeTerminal(input.workspace, input.terminal)
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
    info: guarded.info.handler(({ context }) => describeAgent(deps, context.identity)),
    ...clientProcedures(guarded, deps),
    config: configProcedures(guarded, core),
  })
}
