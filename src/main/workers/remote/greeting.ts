import { z } from 'zod'
import { Scope } from '../../../contract/agent/clients.ts'
import { AgentInfo } from '../../../contract/agent/info.ts'
import { shownText } from './shown-text.ts'

/** What a worker says of itself, as far as it may cross to a screen. */
export interface Greeting {
  agentId: string
  version: string
  hostname: string
  capabilities: readonly string[]
  scope: Scope | undefined
}

/** The part of its `info` that is read here. What a newer agent has in other words is left out, and the rest counts. */
const Said = AgentInfo.pick({ agentId: true, version: true, hostname: true }).extend({
  capabilities: z.array(z.unknown()),
  identity: z.object({ scope: Scope }).optional().catch(undefined),
})
const Capability = z.string().max(80)
const MOST_CAPABILITIES = 256

/** What `answer` says, within the bounds of `WorkerSummary`; undefined where no agent would say it so. */
export function greetingOf(answer: unknown): Greeting | undefined {
  const said = Said.safeParse(answer)
  if (!said.success) return undefined
  const { agentId, version, hostname, capabilities, identity } = said.data
  return {
    agentId: shownText(agentId, 120),
    version: shownText(version, 80),
    hostname: shownText(hostname, 255),
    capabilities: capabilities
      .slice(0, MOST_CAPABILITIES)
      .flatMap((each) => Capability.safeParse(each).data ?? [])
      .map((each) => shownText(each, 80)),
    scope: identity?.scope,
  }
}
