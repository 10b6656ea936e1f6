import type { ContractRouterClient } from '@orpc/contract'
import { audit } from './audit.ts'
import { clients } from './clients.ts'
import { config } from './config.ts'
import { events } from './events.ts'
import { info } from './info.ts'
import { stats } from './stats.ts'
import { templates } from './templates.ts'
import { terminals } from './terminals.ts'
import { workspaces } from './workspaces.ts'

/** Everything that a client may ask of an agent, on any link. */
export const agentContract = {
  workspaces,
  terminals,
  events,
  stats,
  info,
  clients,
  audit,
  config: { ...config, templates },
}
export type AgentContract = typeof agentContract

/** The typed calls of `agentContract`, as a client makes them. */
export type AgentApi = ContractRouterClient<AgentContract>
