import { RUNTIME_PORT, RuntimeHealth } from '../../contract/runtime/api.ts'
import { isCompatibleProtocol } from '../../contract/version.ts'
import { AgentError } from '../agent-error.ts'
import type { Container, Engine } from '../engine/engine.ts'
import type { RuntimeEndpoint } from '../services.ts'
import { isBehind, type RuntimeStamp } from './behind.ts'
import { bootRuntime } from './boot.ts'
import { commandOf } from './command-of.ts'
import { provesItself } from './prove.ts'
import { callRuntime } from './runtime-http.ts'
import type { RuntimeSubject, SupervisorDeps } from './supervisor-deps.ts'

export interface RunningRuntime {
  endpoint: RuntimeEndpoint
  version: string
  /** Absent: one that hands over to none. */
  build: string | undefined
}

const HEALTH_MS = 2000

/**
 * The runtime that already runs in a container, or undefined when none that we can talk to answers. Anything may listen
 * there; it is shown no token before it has proved to know it.
 */
export async function findRunning(deps: SupervisorDeps, subject: RuntimeSubject): Promise<RunningRuntime | undefined> {
  const engine = await deps.engine()
  const endpoint = await locate(deps, engine, subject)
  try {
    const { host, port } = endpoint
    const signal = AbortSignal.timeout(HEALTH_MS)
    if (!(await provesItself(endpoint, signal))) return undefined
    const call = { endpoint: { host, port }, method: 'GET', path: '/health', signal } as const
    const { protocol, version, build } = await callRuntime({ ...call, schema: RuntimeHealth })
    return isCompatibleProtocol(protocol) ? { endpoint, version, build } : undefined
  } catch {
    return undefined
  }
}

/** Whether this installation brings a newer runtime than the one that runs. Throws `AgentError`. */
export async function isOutdated(deps: SupervisorDeps, running: RunningRuntime): Promise<boolean> {
  return isBehind(running, await deps.delivery.bundle(await deps.engine()))
}

/**
 * Starts a runtime in a running container, in the place of one of another build where it is to take over; `instead` of this
 * installation's, one that was brought before. Throws `AgentError`.
 */
export async function startRuntime(
  deps: SupervisorDeps,
  subject: RuntimeSubject,
  { takeOver = false, instead }: { takeOver?: boolean; instead?: RuntimeStamp } = {},
): Promise<RunningRuntime> {
  const engine = await deps.engine()
  const bundle = await deps.delivery.ensure(engine)
  const command = instead === undefined ? bundle.command : commandOf(instead, bundle)
  if (command === undefined) throw new AgentError('ENGINE_ERROR', 'The runtime before is not in the volume.')
  const boot = {
    workspaceId: subject.workspaceId,
    workspaceName: subject.name,
    token: deps.tokenOf(subject.workspaceId),
    port: RUNTIME_PORT,
    // As of now: what changes from here on is brought to it once it is up.
    env: deps.environmentOf(subject.workspaceId),
    ssh: { hostKey: deps.sshHostKeyOf(subject.workspaceId) },
    ...(subject.user === undefined ? {} : { user: subject.user }),
    ...(subject.hasDocker ? { docker: true } : {}),
    ...(takeOver ? { takeOver } : {}),
  }
  const { containerId } = subject
  // Its address is known as soon as it runs: asked for while the runtime comes up.
  const [ready, endpoint] = await Promise.all([
    bootRuntime(engine, { containerId, command, boot }),
    locate(deps, engine, subject),
  ])
  return { endpoint, version: ready.version, build: ready.build }
}

async function locate(deps: SupervisorDeps, engine: Engine, subject: RuntimeSubject): Promise<RuntimeEndpoint> {
  const container = await engine.containers.inspect(subject.containerId)
  if (container?.isRunning !== true) {
    throw new AgentError('PRECONDITION_FAILED', `${subject.name} is not running.`, { hint: 'Start it.' })
  }
  return { ...addressOf(deps, engine, container), token: deps.tokenOf(subject.workspaceId) }
}

function addressOf(deps: SupervisorDeps, engine: Engine, container: Container): { host: string; port: number } {
  const published = container.publishedPorts[RUNTIME_PORT]
  const isDirect = reachesContainers(deps.addressing, engine)
  if (isDirect && container.address !== undefined) return { host: container.address, port: RUNTIME_PORT }
  if (published !== undefined) return { host: '127.0.0.1', port: published }
  if (container.address !== undefined) return { host: container.address, port: RUNTIME_PORT }
  throw new AgentError('ENGINE_ERROR', 'The container has no address that this computer reaches.', {
    hint: 'Restart the workspace. If this goes on, set engine.runtimeAddress in config.json to "published" and make it anew.',
  })
}

/** Whether runtimes are reached at their containers' addresses, and need no port of this computer. */
export function reachesContainers(addressing: SupervisorDeps['addressing'], engine: Engine): boolean {
  return addressing === 'container' || (addressing === 'auto' && engine.facts.isNative)
}
