import type { RuntimeStatus, StepReport, WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { type Life, statusOf } from '../../domain/lifecycle.ts'
import type { WorkspaceRecord } from '../store/records.ts'

/** One workspace in memory: what is written down of it, where it stands, and who is at work on it. */
export interface Entry {
  record: WorkspaceRecord
  life: Life
  /** The one use case that may change it now. */
  work: Work | undefined
}

export interface Work {
  /** As in "alpha is being stopped". */
  description: string
  /** Asks it to end early; use cases that cannot end early go on. */
  cancel: AbortController
  /** Settles when it has ended, however it ended. */
  ended: Promise<void>
}

/** Where a workspace stands as far as its record knows: what is shown until the engine has been asked. */
export function lifeFromRecord(record: WorkspaceRecord): Life {
  const isRunning = record.status === 'running'
  const container = isRunning ? 'running' : record.containerId === '' ? 'none' : 'stopped'
  const runtime = isRunning ? 'starting' : 'off'
  const activity = record.intent === 'delete' ? 'deleting' : undefined
  const rest = { container, activity, runtime, wasMade: record.wasMade } as const
  if (record.failure !== undefined) return { phase: { kind: 'failed', failure: record.failure }, ...rest }
  return { phase: { kind: record.intent === 'create' ? 'creating' : 'made' }, ...rest }
}

/** A workspace as clients see it. */
export function toInfo(entry: Entry): WorkspaceInfo {
  const { record, life } = entry
  const { id, name, title, containerId, created, ports, type, template, image, docker, resources, startedAt } = record
  const { repo, branch, newBranch, startScript, warning } = record
  const leftOn = newBranch ?? branch
  const status = statusOf(life)
  const isUnsettled = status === 'creating' || status === 'error'
  return {
    id,
    name,
    status,
    containerId,
    created,
    ports,
    type,
    template,
    resources,
    ...lifetimeOf(entry),
    ...(title === undefined ? {} : { title }),
    ...(image === undefined ? {} : { image }),
    ...(record.isOutdated === true ? { isOutdated: true } : {}),
    ...(record.areLimitsPending === true ? { areLimitsPending: true } : {}),
    ...(repo === undefined ? {} : { repo }),
    ...(leftOn === undefined ? {} : { branch: leftOn }),
    ...(startScript === undefined ? {} : { startScript }),
    ...(warning === undefined || life.container !== 'running' ? {} : { warning }),
    ...(docker === undefined ? {} : { docker }),
    ...(life.activity === undefined ? {} : { activity: { verb: life.activity } }),
    ...(isUnsettled && record.steps !== undefined ? { steps: record.steps } : {}),
    ...(life.phase.kind === 'failed' ? { failure: life.phase.failure } : {}),
    ...(life.runtime === 'off' ? {} : { runtime: runtimeOf(record, life, life.runtime) }),
    ...(life.container === 'running' && startedAt !== undefined ? { startedAt } : {}),
  }
}

function lifetimeOf({ record }: Entry): Partial<WorkspaceInfo> {
  const { expiresAt, lastActiveAt, idleStopSeconds, ttlSeconds, notice } = record
  return {
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(lastActiveAt === undefined ? {} : { lastActiveAt }),
    ...(idleStopSeconds === undefined ? {} : { idleStopSeconds }),
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    ...(notice === undefined ? {} : { notice }),
  }
}

function runtimeOf(
  { runtimeVersion = '' }: WorkspaceRecord,
  { runtimeMessage: message }: Life,
  status: RuntimeStatus,
): WorkspaceInfo['runtime'] {
  // A version of another image's time says nothing where none runs.
  if (status !== 'unsupported') return { version: runtimeVersion, status }
  return { version: '', status, ...(message === undefined ? {} : { message: message.slice(0, 300) }) }
}

/** The steps with one of them changed. */
export function withStep(steps: readonly StepReport[], step: StepReport): StepReport[] {
  return steps.map((one) => (one.name === step.name ? step : one))
}
