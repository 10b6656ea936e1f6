import { queryOptions } from '@tanstack/react-query'
import type { Terminal } from '../../../contract/agent/terminals.ts'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { lastTerminalsKey } from '../../worker/keys.ts'
import type { Worker } from '../../worker/workers.ts'

/** What the worker has of the terminals of a workspace that has stopped; not asked for while something is done with that. */
export function lastTerminalsQuery(
  worker: Pick<Worker, 'id' | 'client'>,
  { name: workspace, activity }: WorkspaceInfo,
) {
  return queryOptions<Terminal[]>({
    queryKey: lastTerminalsKey(worker.id, workspace),
    queryFn: ({ signal }) => worker.client.api.terminals.list({ workspace }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    // Of each stop anew.
    gcTime: 0,
    // While its files are read, an engine may let nobody start the container or remove it.
    enabled: activity === undefined,
  })
}
