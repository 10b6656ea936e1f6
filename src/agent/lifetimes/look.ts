import { RuntimeActivity } from '../../contract/runtime/api.ts'
import { callRuntime } from '../runtime/runtime-http.ts'
import type { WorkspaceDeps } from '../workspaces/deps.ts'
import type { Entry } from '../workspaces/entry.ts'
import { subjectOf } from '../workspaces/subject.ts'

const LIMIT_MS = 15_000

/** Whether anybody is at work in a running workspace; undefined where its runtime does not say. Never rejects. */
export async function lookForActivity(
  deps: Pick<WorkspaceDeps, 'runtimes' | 'engineTerminals' | 'templates' | 'log'>,
  entry: Entry,
): Promise<RuntimeActivity | undefined> {
  if (entry.life.runtime === 'unsupported') return deps.engineTerminals.activity.look(entry.record.id)
  // One that is not up is being brought up by itself; to look at one must not be what starts it.
  if (entry.life.runtime !== 'ready') return undefined
  try {
    const endpoint = await deps.runtimes.endpoint(subjectOf(deps, entry))
    const signal = AbortSignal.timeout(LIMIT_MS)
    return await callRuntime({ endpoint, method: 'GET', path: '/api/v1/activity', signal, schema: RuntimeActivity })
  } catch (error) {
    deps.log.warn({ err: error, workspace: entry.record.name }, 'nobody could say who is at work in a workspace')
    return undefined
  }
}
