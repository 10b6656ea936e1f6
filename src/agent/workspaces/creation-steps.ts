import { CREATION_STEPS, type CreationStep } from '../../contract/agent/workspace.ts'
import type { Engine, Progress } from '../engine/engine.ts'
import type { ReadyImage } from '../engine/images/template-images.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import type { Template } from '../templates/template.ts'
import { prepareContainer } from './container.ts'
import type { WorkspaceDeps } from './deps.ts'
import { awaitDockerInside, refuseDockerWithoutRuntime } from './docker-inside.ts'
import type { Entry } from './entry.ts'
import { imageWaiter, wantedOf } from './images.ts'
import { cloneRepository } from './repository/clone.ts'
import { startScriptsOf } from './scripts/start-scripts.ts'
import { startContainer } from './start-container.ts'
import { subjectOf } from './subject.ts'

/** A creation under way, and what its steps hand on to each other. */
export interface Making {
  entry: Entry
  engine: Engine
  template: Template
  /** Settles when all is there that a container needs and that was begun before its turn. */
  ahead: Promise<unknown>
  /** Aborts when the creation is to end. */
  signal: AbortSignal
  /** Set by the step `image`. */
  image?: ReadyImage
}

export interface StepWork {
  /** Ends the sentence "Docker did not answer while …". */
  doing: string
  run(deps: WorkspaceDeps, making: Making, onProgress: (progress: Progress) => void): Promise<void>
}

/** How each step is done; `allocate` is done by the time a record exists. Each finds what an earlier run of it has made. */
export const STEP_WORK: Partial<Record<CreationStep, StepWork>> = {
  image: {
    doing: 'making the image',
    run: async (deps, making, onProgress) => {
      const { entry, engine, signal } = making
      const waiter = imageWaiter(deps, entry.record.id, { onProgress, signal })
      making.image = await deps.images.ensure(engine, wantedOf(deps, entry.record), waiter)
      deps.registry.note(entry, { record: { image: making.image.reference, isOutdated: undefined } })
    },
  },
  create: {
    doing: 'making the container',
    run: async (deps, { ahead, ...making }, onProgress) => {
      onProgress({ percent: undefined, detail: 'Bringing the runtime, making the home volume' })
      await ahead
      await prepareContainer(deps, { ...making, image: imageOf(making) })
    },
  },
  start: {
    doing: 'starting the container',
    run: (deps, making) => startContainer(deps, { ...making, image: imageOf(making) }),
  },
  runtime: {
    doing: 'starting the service inside',
    run: async (deps, { entry, engine, signal }, onProgress) => {
      await deps.runtimes.start(subjectOf(deps, entry))
      deps.lastScreens.carried.forget(entry.record.id)
      if (entry.record.docker === undefined) return
      refuseDockerWithoutRuntime(entry.life.runtime)
      onProgress({ percent: undefined, detail: 'Starting Docker inside' })
      await awaitDockerInside(engine, entry.record.containerId, signal)
    },
  },
  credentials: {
    doing: 'bringing credentials',
    run: (deps, { entry }, onProgress) =>
      deps.credentialDelivery.bringAll(entry, (detail) => onProgress({ percent: undefined, detail })),
  },
  clone: { doing: 'cloning the repository', run: cloneStep },
  post_start: {
    doing: 'running the start script',
    run: async (deps, { entry, signal }) => {
      await deps.scripts.runNow(entry, await startScriptsOf(deps, entry.record), signal)
      await deps.scripts.noteRan(entry)
    },
  },
}

/** What a creation depends on beside its record. */
export interface Circumstances {
  hasStartScript: boolean
  /** Whether the worker has something for every workspace. */
  hasCredentials: boolean
}

export async function circumstancesOf(deps: WorkspaceDeps, record: WorkspaceRecord): Promise<Circumstances> {
  const hasStartScript = (await startScriptsOf(deps, record)).length > 0
  return { hasStartScript, hasCredentials: deps.credentialDelivery.hasAny() }
}

/** The steps that make this workspace, in their order, after `allocate`: those that do not apply to it are absent. */
export function stepsOf(record: WorkspaceRecord, { hasStartScript, hasCredentials }: Circumstances): CreationStep[] {
  const applies: Partial<Record<CreationStep, boolean>> = {
    allocate: false,
    credentials: hasCredentials,
    // What was whole once has had its clone: the home is the user's since.
    clone: record.repo !== undefined && !record.wasMade,
    post_start: hasStartScript,
  }
  return CREATION_STEPS.filter((step) => applies[step] !== false)
}

async function cloneStep(deps: WorkspaceDeps, making: Making, onProgress: (progress: Progress) => void): Promise<void> {
  const { entry, signal } = making
  const { id, repo, branch, newBranch } = entry.record
  if (repo === undefined) return
  const onLine = (line: string): void => deps.journal.write(id, 'setup', `clone: ${line}`)
  const cloned = await cloneRepository(
    { deps, entry, signal },
    { address: repo, branch, newBranch, onProgress, onLine },
  )
  deps.registry.note(entry, { record: { branch: cloned.branch ?? branch, newBranch: undefined } })
}

function imageOf({ image }: Pick<Making, 'image'>): ReadyImage {
  if (image === undefined) throw new Error('No container is made before its image.')
  return image
}
