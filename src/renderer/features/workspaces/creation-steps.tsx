import type { StepReport } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { StatusIcon, type StatusKind } from '../../ui/status-icon.tsx'
import { formatDuration } from '../../worker/format.ts'
import { useWorkerNow } from '../../worker/use-now.ts'
import type { Worker } from '../../worker/workers.ts'

const KINDS: Record<StepReport['state'], StatusKind> = {
  pending: 'waiting',
  running: 'busy',
  done: 'running',
  failed: 'failed',
}

/** The steps of a creation as the worker tells them: they are the same after a reload, and in every window. */
export function CreationSteps({ worker, steps }: { worker: Worker; steps: readonly StepReport[] }) {
  const running = steps.some((step) => step.state === 'running')
  const now = useWorkerNow(worker, running ? 1000 : undefined)
  return (
    <ol aria-label={strings.creation.steps} className="flex flex-col">
      {steps.map((step) => (
        <li key={step.name} className="flex min-h-10 items-start gap-3 py-2">
          <span className="mt-0.5">
            {step.state === 'pending' ? (
              <PendingMark />
            ) : (
              <StatusIcon
                kind={KINDS[step.state]}
                label={strings.creation.stepState[step.state]}
                percent={step.percent}
              />
            )}
          </span>
          <div className="min-w-0 flex-1">
            <p className={step.state === 'pending' ? 'text-muted' : ''}>{strings.creation.step[step.name]}</p>
            {step.state === 'running' || step.state === 'failed' ? (
              <p className="truncate text-meta text-muted" title={step.detail}>
                {step.detail}
              </p>
            ) : null}
          </div>
          <span className="text-muted">{timeOf(step, now)}</span>
        </li>
      ))}
    </ol>
  )
}

function PendingMark() {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      role="img"
      aria-label={strings.creation.stepState.pending}
      className="text-control"
    >
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  )
}

function timeOf(step: StepReport, now: number): string {
  if (step.durationMs !== undefined) return formatDuration(step.durationMs)
  if (step.state !== 'running' || step.startedAt === undefined) return ''
  const elapsed = formatDuration(Math.max(1000, now - Date.parse(step.startedAt)))
  return step.percent === undefined ? elapsed : `${strings.creation.percent(Math.round(step.percent))} · ${elapsed}`
}
