import type { ActivityVerb, RuntimeStatus, WorkspaceFailure, WorkspaceStatus } from '../contract/agent/workspace.ts'
import { assertNever } from './assert-never.ts'

/** What the engine has of a workspace. */
export type ContainerState = 'none' | 'stopped' | 'running'

/** Where a workspace stands: what was meant with it, what the engine has of it, what is being done with it. */
export interface Life {
  readonly phase: Phase
  readonly container: ContainerState
  readonly activity: ActivityVerb | undefined
  /** The service inside; `off` while the container does not run. */
  readonly runtime: RuntimeStatus | 'off'
  /** Whether its creation has ever come to its end: what was whole once is not given up as a creation is. */
  readonly wasMade: boolean
  /** What the image lacks, while the service is `unsupported`. */
  readonly runtimeMessage?: string | undefined
}

export type Phase =
  | { readonly kind: 'creating' }
  | { readonly kind: 'made' }
  | { readonly kind: 'failed'; readonly failure: WorkspaceFailure }

export type LifeEvent =
  /** A creation, its going on after a failure, or the making anew of a container that is gone, begins. */
  | { type: 'creation_began' }
  | { type: 'creation_done' }
  | { type: 'failed'; failure: WorkspaceFailure }
  | { type: 'began'; verb: ActivityVerb }
  | { type: 'ended' }
  /** What the engine says. */
  | { type: 'container'; state: 'stopped' | 'running' }
  /** The container is gone and nobody here asked for it; `failure` is what a person is told. */
  | { type: 'vanished'; failure: WorkspaceFailure }
  /** The agent itself has removed the container (on its way to another one). */
  | { type: 'container_removed' }
  | { type: 'runtime'; status: RuntimeStatus; message?: string | undefined }

export const NEW_LIFE: Life = {
  phase: { kind: 'creating' },
  container: 'none',
  activity: undefined,
  runtime: 'off',
  wasMade: false,
}

/** The next state of a workspace. Pure; an event that changes nothing returns the state as it is. */
export function advance(life: Life, event: LifeEvent): Life {
  switch (event.type) {
    case 'creation_began':
      return { ...life, phase: { kind: 'creating' } }
    case 'creation_done':
      return life.phase.kind === 'creating' ? { ...life, phase: { kind: 'made' }, wasMade: true } : life
    case 'failed':
      return { ...life, phase: { kind: 'failed', failure: event.failure }, activity: undefined }
    case 'began':
      return { ...life, activity: event.verb }
    case 'ended':
      return life.activity === undefined ? life : { ...life, activity: undefined }
    case 'container':
      return withContainer(life, event.state)
    case 'vanished':
      return vanished(life, event.failure)
    case 'container_removed':
      return { ...life, container: 'none', runtime: 'off' }
    case 'runtime':
      return life.container !== 'running' || life.runtime === event.status ? life : withRuntime(life, event)
    default:
      return assertNever(event)
  }
}

function withRuntime(life: Life, { status, message }: Extract<LifeEvent, { type: 'runtime' }>): Life {
  return { ...life, runtime: status, runtimeMessage: message }
}

function withContainer(life: Life, container: 'stopped' | 'running'): Life {
  // A failure of a run (not of a creation) is over as soon as the container is there again.
  const mended = life.phase.kind === 'failed' && life.phase.failure.step === 'run' && life.container === 'none'
  if (life.container === container && !mended) return life
  const runtime = container === 'running' ? 'starting' : 'off'
  return { ...life, phase: mended ? { kind: 'made' } : life.phase, container, runtime }
}

function vanished(life: Life, failure: WorkspaceFailure): Life {
  const gone: Life = { ...life, container: 'none', runtime: 'off' }
  // While it is being deleted or made, the one who does that knows.
  if (life.activity === 'deleting' || life.phase.kind !== 'made') return gone
  return { ...gone, phase: { kind: 'failed', failure } }
}

/** Whether this is a creation that can be given up: under way or failed, and never whole yet. */
export function isCancellable(life: Life): boolean {
  return !life.wasMade && life.phase.kind !== 'made' && life.activity !== 'deleting'
}

/** Whether a creation has failed, so that it can be gone on with. */
export function isRetriable(life: Life): boolean {
  return life.phase.kind === 'failed' && life.phase.failure.step !== 'run' && life.activity === undefined
}

/** The word that clients see. */
export function statusOf(life: Life): WorkspaceStatus {
  switch (life.phase.kind) {
    case 'creating':
      return 'creating'
    case 'failed':
      return 'error'
    case 'made':
      return life.container === 'running' ? 'running' : 'stopped'
    default:
      return assertNever(life.phase)
  }
}
