import type { StepReport, WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { AgentError } from '../agent-error.ts'
import type { Engine } from '../engine/engine.ts'
import { circumstancesOf, type Making, STEP_WORK, stepsOf } from './creation-steps.ts'
import type { WorkspaceDeps } from './deps.ts'
import { type Entry, toInfo } from './entry.ts'
import { exclusively, stopIfCancelled } from './exclusive.ts'
import { isUnavailable, toFailure } from './failures.ts'
import { lookAtContainer } from './look-after.ts'
import { currentStep, pendingSteps, runStep } from './steps.ts'

interface Creation {
  entry: Entry
  engine: Engine
  /** Settles when the record is on the disk. */
  written: Promise<void>
  signal: AbortSignal
}

/**
 * Goes through the steps of a creation, from a record to a workspace with a runtime in it. Each step finds what an
 * earlier run has made. A failure is written down and returned in the info; a deletion meanwhile throws `CONFLICT`.
 */
export function makeWorkspace(
  deps: WorkspaceDeps,
  { entry, engine, written }: Omit<Creation, 'signal'>,
): Promise<WorkspaceInfo> {
  return exclusively(entry, 'created', (signal) => make(deps, { entry, engine, written, signal }))
}

/**
 * Goes on with what an error has left, with the home volume and the ports that are there: from the step that failed
 * where the container still runs, else from the image on.
 */
export async function remakeWorkspace(deps: WorkspaceDeps, entry: Entry): Promise<WorkspaceInfo> {
  const engine = await deps.link.require()
  return await exclusively(entry, 'started', (signal) => makeAnew(deps, { entry, engine, signal }))
}

/** As `remakeWorkspace`, for one who does that work already. */
export async function makeAnew(
  deps: WorkspaceDeps,
  { entry, engine, signal }: Omit<Creation, 'written'>,
): Promise<WorkspaceInfo> {
  const { ports: known } = entry.record
  const names = stepsOf(entry.record, await circumstancesOf(deps, entry.record))
  const ports = known['ssh'] === undefined ? await deps.ports.allocate(entry.record) : known
  const done = stepsThatHold(entry)
  const rest = pendingSteps(names).map((step) => done.find(({ name }) => name === step.name) ?? step)
  const steps = [...done.filter(({ name }) => name === 'allocate'), ...rest]
  const written = deps.registry.update(entry, {
    events: [{ type: 'creation_began' }],
    record: { intent: 'create', steps, ports },
  })
  if (ports !== known) deps.ports.release(ports)
  return await make(deps, { entry, engine, written, signal })
}

/** The steps of the run before that need not be done again. Credentials may be others by now. */
function stepsThatHold({ record, life }: Entry): StepReport[] {
  const steps = record.steps ?? []
  // Before the container was started by the step that does so, what it was made of is not known for sure.
  const wasStarted = steps.some(({ name, state }) => name === 'start' && state === 'done')
  const isInside = wasStarted && life.container === 'running' && record.failure?.step !== 'run'
  const ended = steps.findIndex(({ state }) => state !== 'done')
  return isInside
    ? steps.slice(0, Math.max(ended, 0)).filter(({ name }) => name !== 'credentials')
    : steps.filter(({ name }) => name === 'allocate')
}

async function make(deps: WorkspaceDeps, creation: Creation): Promise<WorkspaceInfo> {
  const { entry, signal } = creation
  try {
    await goThroughSteps(deps, creation)
  } catch (error) {
    // One that was asked to end has not failed: who asked removes it.
    if (!signal.aborted) {
      // Its container may be what failed: whoever goes on from here has to know.
      await lookAtContainer(deps, entry, { isWanted: () => true })
      noteFailure(deps, entry, error)
    }
  }
  stopIfCancelled(signal, entry.record.name)
  return toInfo(entry)
}

async function goThroughSteps(deps: WorkspaceDeps, { entry, engine, written, signal }: Creation): Promise<void> {
  const template = deps.templates.of(entry.record)
  // Needed later, begun now.
  const ahead = Promise.all([deps.delivery.ensure(engine), deps.network.ensure(engine), written])
  ahead.catch(() => undefined)
  const making: Making = { entry, engine, template, ahead, signal }
  for (const { name, state } of entry.record.steps ?? []) {
    const work = STEP_WORK[name]
    if (work === undefined || state === 'done') continue
    stopIfCancelled(signal, entry.record.name)
    await runStep(deps, { entry, name }, (onProgress) => work.run(deps, making, onProgress))
  }
  // What went on ahead is waited for also where no step needed it.
  await ahead
  const startedAt = entry.record.startedAt ?? deps.now().toISOString()
  deps.registry.note(entry, { events: [{ type: 'creation_done' }], record: { intent: 'keep', startedAt } })
}

function noteFailure(deps: WorkspaceDeps, entry: Entry, error: unknown): void {
  const step = currentStep(entry.record.steps ?? [])
  const failure = toFailure(error, step, STEP_WORK[step]?.doing ?? 'reserving its name and ports')
  deps.log[error instanceof AgentError ? 'warn' : 'error'](
    { err: error, workspace: entry.record.name, step },
    'a creation failed',
  )
  if (isUnavailable(error)) deps.link.suspect()
  // Noted and not awaited: that nothing can be written may be the very failure.
  deps.registry.note(entry, { events: [{ type: 'failed', failure }], record: { intent: 'keep', hasFailed: true } })
}
