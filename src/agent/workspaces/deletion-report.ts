import { DeletionReport } from '../../contract/agent/workspace.ts'
import { RuntimeGitReport } from '../../contract/runtime/api.ts'
import { callRuntime } from '../runtime/runtime-http.ts'
import { RuntimeUnsupported } from '../runtime/unsupported.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { subjectOf } from './subject.ts'

const LIMIT_MS = 30_000

/**
 * What deleting a workspace would lose. While it runs, found out now; when stopped, what was found at its stop, unless its
 * container has run since; never started: nothing. What cannot be found out is `unknown`, which is not clean. Never rejects.
 */
export function deletionReport(deps: WorkspaceDeps, name: string): Promise<DeletionReport> {
  return reportOf(deps, deps.registry.get(name), AbortSignal.timeout(LIMIT_MS))
}

export async function reportOf(deps: WorkspaceDeps, entry: Entry, signal: AbortSignal): Promise<DeletionReport> {
  const { record, life } = entry
  const checkedAt = deps.now().toISOString()
  if (!record.wasStarted && life.container !== 'running') return { clean: true, checkedAt, reasons: [] }
  if (life.container !== 'running') return await reportAtStop(deps, entry)
  try {
    const endpoint = await withSignal(deps.runtimes.endpoint(subjectOf(deps, entry)), signal)
    const call = { endpoint, method: 'GET', path: '/api/v1/git/report', signal } as const
    return DeletionReport.parse(await callRuntime({ ...call, schema: RuntimeGitReport }))
  } catch (error) {
    if (error instanceof RuntimeUnsupported) return unlookable(deps, error.message)
    deps.log.warn({ err: error, workspace: record.name }, 'no deletion report')
    return unknown(
      checkedAt,
      signal.aborted ? 'The check took too long.' : 'The service inside the workspace did not answer.',
    )
  }
}

/** What was found out at the last stop, where nothing can have been done in it since. */
async function reportAtStop(deps: WorkspaceDeps, { record }: Entry): Promise<DeletionReport> {
  const { report, reportedRun, containerId } = record
  const checkedAt = deps.now().toISOString()
  if (report === undefined) return unknown(checkedAt, NOT_CHECKED)
  try {
    const engine = await deps.link.require()
    const container = containerId === '' ? undefined : await engine.containers.inspect(containerId)
    // Somebody else may have started and stopped it while no agent looked.
    if (container === undefined || container.runStartedAt !== reportedRun) return unknown(checkedAt, RUN_SINCE)
    return report
  } catch (error) {
    deps.log.warn({ err: error, workspace: record.name }, 'no deletion report')
    return unknown(checkedAt, 'Docker did not say whether it has run since it was last checked.')
  }
}

/** For a workspace whose image cannot run the runtime: nobody can look, and `missing` says why. */
export function unlookable({ now }: Pick<WorkspaceDeps, 'now'>, missing: string): DeletionReport {
  return unknown(now().toISOString(), `What is in it cannot be looked at. ${missing}`.slice(0, 300))
}

const NOT_CHECKED = 'It could not be checked when it was stopped. Start it to check.'
const RUN_SINCE = 'It may have run since it was last checked, and not by Berth. Start it to check.'

function unknown(checkedAt: string, message: string): DeletionReport {
  return { clean: false, checkedAt, reasons: [{ kind: 'unknown', message }] }
}

/** The result, or the signal's reason as soon as it aborts; the work goes on by itself. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted.'))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
