import type { UpdateWorkspace, WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { limitsProblem } from '../../domain/resources.ts'
import { AgentError } from '../agent-error.ts'
import { EngineFailure } from '../engine/errors.ts'
import { ttlOf } from '../lifetimes/terms.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import type { WorkspaceDeps } from './deps.ts'
import { type Entry, toInfo } from './entry.ts'
import { exclusively } from './exclusive.ts'
import { toAgentError } from './failures.ts'

/**
 * Changes what is meant with a workspace. Limits reach its container at once where the engine can do that, and otherwise
 * at its next start. Throws `AgentError`; then nothing has changed.
 */
export async function updateWorkspace(deps: WorkspaceDeps, input: UpdateWorkspace): Promise<WorkspaceInfo> {
  const entry = deps.registry.get(input.name)
  if (entry.record.intent === 'delete') throw beingDeleted(input.name)
  const change = { ...titleChange(input), ...scriptChange(input), ...lifeChange(entry.record, input) }
  if (input.resources === undefined) {
    await deps.registry.update(entry, { record: change })
    return toInfo(entry)
  }
  return await exclusively(entry, 'changed', async () => {
    const limits = await limitChange(deps, entry, input.resources ?? {})
    await deps.registry.update(entry, { record: { ...change, ...limits } })
    return toInfo(entry)
  })
}

/** Gives a container the limits that it could not be given while it ran. Its start does not fail over them. */
export async function applyPendingLimits(deps: WorkspaceDeps, entry: Entry): Promise<void> {
  if (entry.record.areLimitsPending !== true || entry.record.containerId === '') return
  try {
    const engine = await deps.link.require()
    await engine.containers.limit(entry.record.containerId, entry.record.resources)
    deps.registry.note(entry, { record: { areLimitsPending: undefined } })
  } catch (error) {
    deps.log.warn({ err: error, workspace: entry.record.name }, 'the limits of a workspace could not be changed')
  }
}

function titleChange({ title }: UpdateWorkspace): Partial<WorkspaceRecord> {
  return title === undefined ? {} : { title: title === '' ? undefined : title }
}

function scriptChange({ startScript }: UpdateWorkspace): Partial<WorkspaceRecord> {
  return startScript === undefined ? {} : { startScript: startScript === '' ? undefined : startScript }
}

function lifeChange(record: WorkspaceRecord, input: UpdateWorkspace): Partial<WorkspaceRecord> {
  const { type = record.type, ttlSeconds = record.ttlSeconds, idleStopSeconds } = input
  if (input.ttlSeconds !== undefined && type !== 'agent') {
    throw new AgentError('BAD_REQUEST', 'Only a workspace of type “agent” has a time to live.', {
      hint: 'Give it that type as well, or leave the time out.',
    })
  }
  const isOfTerm = input.type !== undefined || input.ttlSeconds !== undefined
  return {
    // Only what was asked for: another change may be written while this one waits for the engine.
    ...(isOfTerm ? { type, ttlSeconds: ttlOf(type, ttlSeconds) } : {}),
    ...(idleStopSeconds === undefined ? {} : { idleStopSeconds }),
  }
}

async function limitChange(
  deps: WorkspaceDeps,
  entry: Entry,
  asked: NonNullable<UpdateWorkspace['resources']>,
): Promise<Partial<WorkspaceRecord>> {
  const { name, containerId } = entry.record
  const engine = await deps.link.require()
  const { cpus, memoryBytes, pids } = { ...entry.record.resources, ...asked }
  const resources = {
    cpus: cpus ?? entry.record.resources.cpus,
    memoryBytes: memoryBytes ?? entry.record.resources.memoryBytes,
    pids: pids ?? entry.record.resources.pids,
  }
  const problem = limitsProblem(resources, engine.facts)
  if (problem !== undefined) throw new AgentError('BAD_REQUEST', problem, { hint: 'Ask for less.' })
  if (containerId === '') return { resources }
  try {
    await engine.containers.limit(containerId, resources)
    return { resources, areLimitsPending: undefined }
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw toAgentError(error, `changing the limits of ${name}`)
    deps.log.warn({ err: error, workspace: name }, 'the engine cannot change these limits now')
    return { resources, areLimitsPending: true }
  }
}

function beingDeleted(name: string): AgentError {
  return new AgentError('CONFLICT', `${name} is being deleted.`, { hint: 'If that does not end, delete it again.' })
}
