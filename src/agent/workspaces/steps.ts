import type { CreationStep, StepReport } from '../../contract/agent/workspace.ts'
import type { Progress } from '../engine/engine.ts'
import type { Entry } from './entry.ts'
import type { WorkspaceRegistry } from './registry.ts'

/** Progress is told this often at most: a builder prints faster than anybody reads. */
const TOLD_EVERY_MS = 100

export interface StepRunDeps {
  registry: WorkspaceRegistry
  now: () => Date
}

/** The reports of a run that has not begun. */
export function pendingSteps(names: readonly CreationStep[]): StepReport[] {
  return names.map((name) => ({ name, state: 'pending' }))
}

/** Does one step of a creation and tells of it: begun, its progress, done or failed, with its duration. */
export async function runStep<T>(
  deps: StepRunDeps,
  { entry, name }: { entry: Entry; name: CreationStep },
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const began = performance.now()
  const running: StepReport = { name, state: 'running', startedAt: deps.now().toISOString() }
  const durationMs = (): number => Math.round((performance.now() - began) * 10) / 10
  const told = tellNowAndThen(running, (step) => deps.registry.step(entry, step))
  try {
    const result = await work(({ percent, detail }) => {
      told.tell({ ...running, detail: detail.slice(0, 300), ...(percent === undefined ? {} : { percent }) })
    })
    told.end()
    deps.registry.step(entry, { name, state: 'done', startedAt: running.startedAt, durationMs: durationMs() })
    return result
  } catch (error) {
    told.end()
    deps.registry.step(entry, { ...told.last(), state: 'failed', durationMs: durationMs() })
    throw error
  }
}

interface Teller {
  tell(step: StepReport): void
  last(): StepReport
  end(): void
}

/** Tells the first at once and then the latest of each while, so that what stands still is always what was said last. */
function tellNowAndThen(first: StepReport, say: (step: StepReport) => void): Teller {
  let last = first
  let pause: NodeJS.Timeout | undefined
  let isStale = false
  const sayLast = (): void => {
    isStale = false
    pause = setTimeout(() => {
      pause = undefined
      if (isStale) sayLast()
    }, TOLD_EVERY_MS)
    say(last)
  }
  sayLast()
  return {
    tell: (step) => {
      last = step
      isStale = true
      if (pause === undefined) sayLast()
    },
    last: () => last,
    end: () => clearTimeout(pause),
  }
}

/** The step that was under way, or the first that was not. */
export function currentStep(steps: readonly StepReport[]): CreationStep {
  const current =
    steps.find(({ state }) => state === 'failed' || state === 'running') ??
    steps.find(({ state }) => state === 'pending')
  return current?.name ?? 'runtime'
}
