import type { Logger } from 'pino'
import type { EventLog } from '../services.ts'
import type { Deletions } from '../workspaces/delete.ts'
import type { WorkspaceDeps } from '../workspaces/deps.ts'
import type { WorkspaceRegistry } from '../workspaces/registry.ts'
import type { AgentClock } from './clock.ts'
import { expire, stopIdle } from './ends.ts'
import { LifetimeKeeper } from './keeper.ts'
import { lookForActivity } from './look.ts'

export interface KeepInput {
  /** Asked for when something is due: the supervisor of runtimes, which tells of activity, is itself one of these. */
  deps: () => WorkspaceDeps
  deletions: Deletions
  events: EventLog
  clock: AgentClock
  registry: WorkspaceRegistry
  log: Logger
}

/** A keeper that ends and stops workspaces by the use cases that people have for it. */
export function keepLifetimes({ deps, deletions, events, clock, registry, log }: KeepInput): LifetimeKeeper {
  const ends = () => ({ deps: deps(), deletions })
  return new LifetimeKeeper({
    registry,
    events,
    clock,
    look: (entry) => lookForActivity(deps(), entry),
    stopIdle: (entry) => stopIdle(ends(), entry),
    expire: (entry, isOver) => expire(ends(), entry, isOver),
    log,
  })
}
