import type { Diagnostic } from '../../contract/agent/info.ts'
import { EMBEDDED_WORKER_ID } from '../../contract/desktop/index.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { withoutPaths } from './without-paths.ts'

/** Where the agent's process stands. Times are ms since the epoch. */
export interface AgentState {
  phase:
    | { name: 'starting' }
    | { name: 'running'; since: number; capabilities: readonly string[]; shared: boolean }
    | { name: 'waiting'; retryAt: number }
    | { name: 'ended' }
  /** Ends in a row that were not asked for; a run of a minute clears it. */
  failures: number
  /** When it was last started again after an end that was not asked for. */
  restartedAt: number | undefined
  lastActiveAt: number | undefined
  /** Of the agent that ran last. */
  version: string | undefined
  /** Why it could not start, in its own words; until it runs. */
  refusal: Refusal | undefined
}

export interface Refusal {
  code: string
  message: string
  hint?: string | undefined
}

export type AgentHappening =
  | { type: 'started' }
  | { type: 'ready'; at: number; capabilities: readonly string[]; version: string; shared: boolean }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'exited'; at: number }
  | { type: 'shutdown' }

export const INITIAL_AGENT_STATE: AgentState = {
  phase: { name: 'starting' },
  failures: 0,
  restartedAt: undefined,
  lastActiveAt: undefined,
  version: undefined,
  refusal: undefined,
}

const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 30_000
/** A run as long as this was a good one: what ended it is a new trouble, not the old one again. */
const GOOD_RUN_MS = 60_000

/** Wait before the start that follows `failures` ends in a row: at once after the first, then doubled up to 30 s. */
export function restartDelayMs(failures: number): number {
  return failures <= 1 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 2))
}

export function reduceAgentState(state: AgentState, happening: AgentHappening): AgentState {
  // Told to end while it started, it may still say that it is ready, and is not to be started again for that.
  if (state.phase.name === 'ended') return state
  switch (happening.type) {
    case 'started':
      return { ...state, phase: { name: 'starting' } }
    case 'ready': {
      const { at, capabilities, version, shared } = happening
      const restartedAt = state.failures > 0 && state.refusal === undefined ? at : state.restartedAt
      const phase = { name: 'running', since: at, capabilities, shared } as const
      return { ...state, phase, restartedAt, version, refusal: undefined }
    }
    case 'refused':
      return { ...state, refusal: happening.refusal }
    case 'exited':
      return afterExit(state, happening.at)
    case 'shutdown':
      return { ...state, phase: { name: 'ended' } }
    default:
      return assertNever(happening)
  }
}

function afterExit(state: AgentState, at: number): AgentState {
  const wasRunning = state.phase.name === 'running' ? state.phase : undefined
  const failures = wasRunning !== undefined && at - wasRunning.since >= GOOD_RUN_MS ? 1 : state.failures + 1
  return {
    ...state,
    failures,
    phase: { name: 'waiting', retryAt: at + restartDelayMs(failures) },
    lastActiveAt: wasRunning === undefined ? state.lastActiveAt : at,
  }
}

/** What the screens are told of this computer as a worker. */
export function summarize(state: AgentState): WorkerSummary {
  const { phase, lastActiveAt, version } = state
  return {
    id: EMBEDDED_WORKER_ID,
    label: 'This computer',
    kind: 'embedded',
    status: statusOf(state),
    path: 'embedded',
    scope: 'admin',
    ...(version === undefined ? {} : { version: version.slice(0, 80) }),
    ...(phase.name === 'waiting' ? { retryAt: new Date(phase.retryAt).toISOString() } : {}),
    ...(lastActiveAt === undefined ? {} : { lastSeenAt: new Date(lastActiveAt).toISOString() }),
    capabilities: phase.name === 'running' ? [...phase.capabilities] : [],
    diagnostics: diagnosticsOf(state),
  }
}

function statusOf({ phase, refusal }: AgentState): WorkerSummary['status'] {
  if (phase.name === 'running') return 'active'
  return refusal === undefined && phase.name === 'starting' ? 'connecting' : 'unreachable'
}

function diagnosticsOf({ phase, refusal, restartedAt }: AgentState): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  if (refusal !== undefined) {
    const message = refusal.hint === undefined ? refusal.message : `${refusal.message} ${refusal.hint}`
    diagnostics.push({
      code: refusal.code.slice(0, 80),
      severity: 'error',
      message: withoutPaths(message).slice(0, 300),
    })
  }
  if (restartedAt !== undefined) {
    diagnostics.push({
      code: 'embedded_agent_restarted',
      severity: 'warning',
      message: 'The agent of this computer ended unexpectedly and was started again. Workspaces and terminals ran on.',
    })
  }
  if (phase.name === 'running' && phase.shared) {
    diagnostics.push({
      code: 'embedded_agent_shared',
      severity: 'info',
      message: 'Berth uses the agent that was running on this computer already.',
    })
  }
  return diagnostics
}
