import type { EngineState, EngineStatus } from '../../contract/agent/engine.ts'
import { assertNever } from '../../domain/assert-never.ts'
import type { EngineFacts } from './engine.ts'
import { EngineFailure, EngineUnavailable } from './errors.ts'

/** What trying one endpoint came to. */
export type ProbeResult = { kind: 'answered'; version: string; apiVersion: string } | { kind: 'failed'; error: unknown }

/** The oldest API that has what is used here (Docker 20.10). */
export const OLDEST_API = '1.41'

export interface Surroundings {
  platform: NodeJS.Platform
  /** Whether an engine's program is on this computer, running or not. */
  isInstalled: boolean
  /** Whether this endpoint answered before, in this run of the agent. */
  wasReady: boolean
}

/** Where an engine stands that was just tried. Pure. */
export function classify(probe: ProbeResult, around: Surroundings): EngineStatus {
  if (probe.kind === 'answered') return isOlder(probe.apiVersion, OLDEST_API) ? 'too_old' : 'ready'
  if (probe.error instanceof EngineFailure) return probe.error.status >= 500 ? 'starting' : 'unresponsive'
  if (!(probe.error instanceof EngineUnavailable)) return 'unresponsive'
  switch (probe.error.reason) {
    case 'missing':
      return around.isInstalled ? 'stopped' : 'missing'
    case 'refused':
      return 'stopped'
    case 'forbidden':
      return 'forbidden'
    case 'timeout':
      return 'unresponsive'
    case 'broken':
      // It takes connections and drops them: it is coming up, unless it was up before.
      return around.wasReady ? 'stopped' : 'starting'
    default:
      return assertNever(probe.error.reason)
  }
}

/** Of several endpoints that all failed, the one that says most about what to do. */
export function mostTelling(statuses: readonly EngineStatus[]): EngineStatus {
  const order: EngineStatus[] = ['ready', 'forbidden', 'too_old', 'starting', 'unresponsive', 'stopped', 'missing']
  return order.find((status) => statuses.includes(status)) ?? 'missing'
}

/** What a person reads of a state that is not ready. Holds no path and no address. */
export function describeState(
  status: Exclude<EngineStatus, 'ready'>,
  around: Pick<Surroundings, 'platform'>,
  version?: string,
): EngineState {
  const words = WORDS[status](around, version)
  return { status, ...words, ...(version === undefined ? {} : { version }) }
}

export function readyState(facts: EngineFacts): EngineState {
  const { version, cpus, memoryBytes } = facts
  return { status: 'ready', version, cpus, memoryBytes, message: `Docker ${version} is running on this computer.` }
}

/** Before anything was tried. */
export const LOOKING: EngineState = { status: 'starting', message: 'Looking for a container engine on this computer.' }

type Words = { message: string; hint?: string }

const WORDS: Record<
  Exclude<EngineStatus, 'ready'>,
  (around: Pick<Surroundings, 'platform'>, version?: string) => Words
> = {
  missing: ({ platform }) => ({
    message: 'Docker is not installed on this computer.',
    hint:
      platform === 'linux'
        ? 'Install Docker Engine (on Debian and Ubuntu: sudo apt install docker.io), or use another computer as a worker.'
        : 'Install Docker Desktop, or use another computer as a worker.',
  }),
  stopped: ({ platform }) => ({
    message: 'Docker is installed on this computer, but it is not running.',
    hint:
      platform === 'linux'
        ? 'Start it: sudo systemctl start docker'
        : 'Start Docker Desktop, or the engine that you use.',
  }),
  starting: () => ({
    message: 'Docker is starting on this computer.',
    hint: 'This takes a moment. Berth goes on by itself.',
  }),
  forbidden: ({ platform }) => ({
    message: 'Your user may not use Docker on this computer.',
    hint:
      platform === 'win32'
        ? 'Add your user to the group docker-users, then sign in again.'
        : 'Add it to the docker group (sudo usermod -aG docker $USER), then sign in again.',
  }),
  too_old: (_around, version) => ({
    message: `Docker ${version ?? ''} is too old: Berth needs Docker 20.10 or later.`.replace('  ', ' '),
    hint: 'Update Docker, then try again.',
  }),
  unresponsive: () => ({
    message: 'Docker does not answer.',
    hint: 'It may be busy or hung. If this goes on, restart it; running workspaces come back with it.',
  }),
}

function isOlder(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldMajor = 0, oldMinor = 0] = oldest.split('.').map(Number)
  return major < oldMajor || (major === oldMajor && minor < oldMinor)
}
