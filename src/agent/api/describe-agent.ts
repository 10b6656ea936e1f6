import os from 'node:os'
import type { AgentInfo } from '../../contract/agent/info.ts'
import type { TemplateInfo } from '../../contract/agent/templates.ts'
import { PROTOCOL_VERSION } from '../../contract/version.ts'
import { describeIdentity, type Identity } from '../auth/identity.ts'
import type { Core } from '../core.ts'
import { CAPABILITIES } from './scopes.ts'

export interface DescribedAgent {
  core: Pick<Core, 'engine' | 'agentId' | 'templates' | 'diagnostics'>
  workspacesCount(): number
  terminalConnections(): number
  version: string
  /** It has an address that others can reach. */
  isPairable: boolean
  /** Of a certificate that nobody else vouches for. */
  fingerprint(): string | undefined
}

/** What the agent is, as `identity` may see it. */
export function describeAgent(
  { core, version, workspacesCount, terminalConnections, isPairable, fingerprint }: DescribedAgent,
  identity: Identity,
): AgentInfo {
  const ownFingerprint = fingerprint()
  return {
    agentId: core.agentId,
    hostname: os.hostname(),
    uptime: process.uptime(),
    workspacesCount: workspacesCount(),
    dockerVersion: core.engine.state.version ?? '',
    terminalConnections: terminalConnections(),
    version,
    protocol: PROTOCOL_VERSION,
    capabilities: [...CAPABILITIES],
    isPairable,
    engine: core.engine.state,
    templates: usableTemplates(core.templates()),
    diagnostics: core.diagnostics(),
    os: os.platform(),
    arch: os.arch(),
    cpus: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    identity: describeIdentity(identity),
    now: new Date().toISOString(),
    ...(ownFingerprint === undefined ? {} : { fingerprint: ownFingerprint }),
  }
}

function usableTemplates(templates: readonly TemplateInfo[]): AgentInfo['templates'] {
  const usable = templates.filter(({ problem }) => problem === undefined)
  return usable.map(({ name, description }) => ({ name, description }))
}
