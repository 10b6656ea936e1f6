import { LONGEST_LOG_LINE, type LogLine } from '../../contract/agent/log-line.ts'
import type { StepReport, WorkspaceFailure } from '../../contract/agent/workspace.ts'
import type { WorkspaceRecord } from '../store/records.ts'

/** What the log says of the steps of a set-up that are over or under way, and of what went wrong. */
export function setUpLines({ steps = [], failure }: Pick<WorkspaceRecord, 'steps' | 'failure'>): LogLine[] {
  const lines = steps.flatMap((step) => stepLine(step) ?? [])
  return failure === undefined ? lines : [...lines, failureLine(failure, lines.at(-1)?.at)]
}

/** Undefined for a step that has not begun. */
export function stepLine(step: StepReport): LogLine | undefined {
  if (step.state === 'pending') return undefined
  const { name, startedAt, durationMs = 0 } = step
  const seconds = `${(durationMs / 1000).toFixed(2)} s`
  const detail = step.detail === undefined ? '' : ` ${step.detail}`
  const text = {
    running: `${name}${detail}`,
    done: `${name} done in ${seconds}`,
    failed: `${name} failed after ${seconds}${detail}`,
  }[step.state]
  const at = startedAt === undefined ? undefined : new Date(Date.parse(startedAt) + durationMs).toISOString()
  return { ...(at === undefined ? {} : { at }), source: 'setup', text: text.slice(0, LONGEST_LOG_LINE) }
}

export function failureLine({ step, message, hint }: WorkspaceFailure, at: string | undefined): LogLine {
  const text = `${step}: ${message}${hint === undefined ? '' : ` ${hint}`}`
  return { ...(at === undefined ? {} : { at }), source: 'setup', text }
}
