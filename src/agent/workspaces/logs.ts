import { LONGEST_LOG_LINE, type LogLine } from '../../contract/agent/log-line.ts'
import type { ContainerLine } from '../engine/engine.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { toAgentError } from './failures.ts'
import { setUpLines } from './set-up-lines.ts'

/** What a log is read from. */
export type LogDeps = Pick<WorkspaceDeps, 'registry' | 'link' | 'journal'>

/** The last `tail` lines of a workspace's log as text: a set-up step with its time, all else as it was printed. Throws `AgentError`. */
export async function workspaceLogs(deps: LogDeps, name: string, tail: number): Promise<string> {
  const { lines } = await lastLines(deps, deps.registry.get(name), tail)
  return lines.map(({ at, source, text }) => (source === 'setup' ? `${at ?? ''} ${text}` : text)).join('\n')
}

/**
 * The last `tail` lines of a log by their time, and the time of the last line of the container by its engine's clock, from
 * where it can be followed. Throws `AgentError`.
 */
export async function lastLines(
  deps: LogDeps,
  entry: Entry,
  tail: number,
): Promise<{ lines: LogLine[]; containerAt: string | undefined }> {
  const told = toldLines(deps, entry)
  const printed = await containerOutput(deps, entry, tail)
  const lines = [...told, ...printed.map(toLogLine)]
  // The sort is stable: what has one time stays as it came.
  lines.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
  return { lines: lines.slice(-tail), containerAt: printed.at(-1)?.at }
}

/** What the agent itself knows of a log up to this moment. */
export function toldLines(deps: Pick<LogDeps, 'journal'>, { record }: Entry): LogLine[] {
  return [...setUpLines(record), ...deps.journal.lines(record.id)]
}

/** A line of a container as clients read it, with milliseconds. */
export function toLogLine({ at, text }: ContainerLine): LogLine {
  return { at: at.replace(/(\.\d{3})\d*Z$/, '$1Z'), source: 'container', text: text.slice(0, LONGEST_LOG_LINE) }
}

async function containerOutput(deps: LogDeps, { record, life }: Entry, tail: number): Promise<ContainerLine[]> {
  if (life.container === 'none' || record.containerId === '') return []
  const engine = await deps.link.require()
  const lines: ContainerLine[] = []
  try {
    for await (const line of engine.containers.log(record.containerId, { tail })) lines.push(line)
  } catch (error) {
    throw toAgentError(error, `reading the log of ${record.name}`)
  }
  return lines
}
