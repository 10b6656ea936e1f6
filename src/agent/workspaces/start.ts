import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { statusOf } from '../../domain/lifecycle.ts'
import { AgentError } from '../agent-error.ts'
import { EngineNotFound } from '../engine/errors.ts'
import { remakeWorkspace } from './creation.ts'
import type { WorkspaceDeps } from './deps.ts'
import { type Entry, toInfo } from './entry.ts'
import { exclusively, stopIfCancelled } from './exclusive.ts'
import { toAgentError } from './failures.ts'
import { startNoted } from './start-noted.ts'
import { subjectOf } from './subject.ts'
import { applyPendingLimits } from './update.ts'

/**
 * Starts a workspace and returns when its runtime is up. One in `error` is made anew from the step that failed, on the
 * home volume that it has. Throws `AgentError`.
 */
export async function startWorkspace(deps: WorkspaceDeps, name: string): Promise<WorkspaceInfo> {
  const entry = deps.registry.get(name)
  if (entry.work === undefined && statusOf(entry.life) === 'error') return await startFromError(deps, entry)
  return await exclusively(entry, 'started', async (signal) => {
    const engine = await deps.link.require()
    deps.registry.note(entry, { events: [{ type: 'began', verb: 'starting' }] })
    try {
      await applyPendingLimits(deps, entry)
      await startNoted(deps, entry, engine)
      await bringUp(deps, entry, signal)
    } catch (error) {
      throw toAgentError(asVanished(error, name), `starting ${name}`)
    } finally {
      deps.registry.note(entry, { events: [{ type: 'ended' }] })
    }
    return toInfo(entry)
  })
}

/** After the container was started: says so, and starts the runtime in it. */
export async function bringUp(deps: WorkspaceDeps, entry: Entry, signal: AbortSignal): Promise<void> {
  // What was found at the last stop is not true of what is done from now on.
  const record = { startedAt: deps.now().toISOString(), report: undefined, wasStarted: true }
  deps.registry.note(entry, { events: [{ type: 'container', state: 'running' }], record })
  stopIfCancelled(signal, entry.record.name)
  await deps.runtimes.start(subjectOf(deps, entry))
  // Before anything that the user starts in it; what fails is tried again when something changes.
  await deps.credentialDelivery.bring(entry)
  deps.scripts.ensure(entry, { isFresh: true })
}

async function startFromError(deps: WorkspaceDeps, entry: Entry): Promise<WorkspaceInfo> {
  const info = await remakeWorkspace(deps, entry)
  if (info.failure === undefined) return info
  const { code, message, hint } = info.failure
  const known = code === 'CONFLICT' || code === 'ENGINE_UNAVAILABLE' ? code : 'ENGINE_ERROR'
  throw new AgentError(known, message, hint === undefined ? {} : { hint })
}

function asVanished(error: unknown, name: string): unknown {
  if (!(error instanceof EngineNotFound)) return error
  return new AgentError('ENGINE_ERROR', `The container of ${name} is gone.`, {
    hint: 'Start it once more: a new one is made on the same home volume.',
    cause: error,
  })
}
