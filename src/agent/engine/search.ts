import type { EngineState } from '../../contract/agent/engine.ts'
import { discoverEndpoints } from './discover.ts'
import { connectDocker, type DockerConnection } from './docker/docker-engine.ts'
import type { Endpoint } from './endpoint.ts'
import { isEngineInstalled } from './installed.ts'
import { classify, describeState, mostTelling, type ProbeResult, type Surroundings } from './state.ts'

const PROBE_MS = 5000

export interface SearchSources {
  environment: NodeJS.ProcessEnv
  configuredHost: string | undefined
  platform: NodeJS.Platform
}

export type Found = { kind: 'found'; connection: DockerConnection } | { kind: 'none'; state: EngineState }

/** Tries the endpoints in their order: the first that answers well enough, else what is the matter. */
export async function findEngine(sources: SearchSources, wasReady: boolean): Promise<Found> {
  const discovery = await discoverEndpoints(sources)
  if (discovery.kind === 'unusable') {
    const { message, hint } = discovery
    return { kind: 'none', state: { status: 'missing', problem: 'endpoint', message, hint } }
  }
  const isInstalled = await isEngineInstalled(sources.environment, sources.platform)
  const around: Surroundings = { platform: sources.platform, isInstalled, wasReady }
  const tried: Tried[] = []
  for (const endpoint of discovery.endpoints) {
    const one = await tryEndpoint(endpoint, around)
    if (one.status === 'ready') return { kind: 'found', connection: one.connection }
    tried.push(one)
  }
  const status = mostTelling(tried.map((one) => one.status))
  if (status === 'ready') throw new Error('A ready engine was passed over.')
  const version = tried.find((one) => one.status === status)?.version
  return { kind: 'none', state: describeState(status, around, version) }
}

interface Tried {
  status: EngineState['status']
  connection: DockerConnection
  version: string | undefined
}

async function tryEndpoint(endpoint: Endpoint, around: Surroundings): Promise<Tried> {
  const connection = connectDocker(endpoint)
  let probe: ProbeResult
  try {
    probe = { kind: 'answered', ...(await connection.greet(PROBE_MS)) }
  } catch (error) {
    probe = { kind: 'failed', error }
  }
  const version = probe.kind === 'answered' ? probe.version : undefined
  return { status: classify(probe, around), connection, version }
}
