import type { WorkerClient } from '../../client/worker-client.ts'
import type { StepReport } from '../../contract/agent/workspace.ts'
import { isTerminal } from '../terminal-streams.ts'
import { formatSpan } from './duration.ts'
import { plainText } from './plain-text.ts'
import { styled } from './style.ts'

const WORDS: Record<StepReport['name'], string> = {
  allocate: 'Reserving ports',
  image: 'Preparing the image',
  create: 'Making the container',
  start: 'Starting it',
  runtime: 'Starting the terminal service',
  credentials: 'Bringing the credentials',
  clone: 'Cloning the repository',
  post_start: 'Running the start script',
}
const WIDEST = Math.max(...Object.values(WORDS).map((words) => words.length))
const CLEAR_LINE = '\r\u001b[K'

/** Steps of a creation on their way to a person. */
export interface StepDisplay {
  show(step: StepReport): void
  /** Tidies up; what was not shown yet of `steps` is. */
  end(steps: readonly StepReport[]): void
}

/** On a terminal the step under way moves; elsewhere each is a line when it is over. */
export function createStepDisplay(out: NodeJS.WriteStream): StepDisplay {
  const isLive = isTerminal(out)
  const over = new Set<string>()
  const width = (): number => Math.max(20, (out.columns || 80) - 1)
  const show = ({ name, state, detail, percent, durationMs = 0 }: StepReport): void => {
    if (over.has(name)) return
    if (state === 'done' || state === 'failed') {
      over.add(name)
      const mark = state === 'done' ? styled('✓', 'green', out) : styled('✗', 'red', out)
      out.write(`${isLive ? CLEAR_LINE : ''}${mark} ${WORDS[name].padEnd(WIDEST)}  ${formatSpan(durationMs)}\n`)
    } else if (state === 'running' && isLive) {
      const share = percent === undefined ? '' : ` ${Math.round(percent)} %`
      const doing = `… ${WORDS[name]}${share}${detail === undefined ? '' : `  ${plainText(detail)}`}`
      out.write(CLEAR_LINE + doing.slice(0, width()))
    }
  }
  return {
    show,
    end: (steps) => {
      for (const step of steps) show(step)
      if (isLive) out.write(CLEAR_LINE)
    },
  }
}

/** The steps of one creation, as they are told. */
export interface StepFeed {
  /** Resolves when the last step has been told, or is overdue. */
  settled(): Promise<void>
  stop(): void
}

/** The answer of the creation and its last events come on different ways: so long may the events be behind. */
const OVERDUE_MS = 1_000

interface StepReader {
  name: string
  /** The work is under way; called before its steps are shown, and perhaps again. */
  began: () => void
  show: (step: StepReport) => void
}

/** Tells the steps of the creation of `name`. Resolves when no step can be missed any more. */
export function followSteps(worker: WorkerClient, { name, began, show }: StepReader): Promise<StepFeed> {
  return new Promise((resolve) => {
    let hasEnded: () => void = () => undefined
    const ended = new Promise<void>((settle) => {
      hasEnded = settle
    })
    const settled = async (): Promise<void> => {
      const timer = setTimeout(hasEnded, OVERDUE_MS)
      await ended
      clearTimeout(timer)
    }
    const stop = worker.onEvent((event) => {
      if (event.type === 'reset') resolve({ settled, stop })
      else if (event.type === 'workspace.step' && event.name === name) {
        began()
        show(event.step)
      } else if (
        (event.type === 'workspace.created' || event.type === 'workspace.changed') &&
        event.workspace.name === name
      ) {
        const { status, activity, steps = [] } = event.workspace
        if (status === 'creating' || activity !== undefined) began()
        for (const step of steps) show(step)
        if (status !== 'creating') hasEnded()
      }
    })
  })
}
