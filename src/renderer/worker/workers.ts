import { skipToken, useQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import type { ConnectionState, WorkerClient } from '../../client/worker-client.ts'
import type { AgentInfo } from '../../contract/agent/info.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import { usePlatform } from '../platform/context.ts'
import type { Platform, WorkerEntry } from '../platform/platform.ts'
import { strings } from '../strings/index.ts'
import { infoKey, workspacesKey } from './keys.ts'
import { type Standing, standingOf } from './standing.ts'

/** A worker as a screen sees it: its calls, its name for people, what the shell knows of it. */
export type Worker = {
  id: string
  label: string
  embedded: boolean
  summary: WorkerSummary
  client: WorkerClient
}

export function useWorkerEntries(): readonly WorkerEntry[] {
  const { workers } = usePlatform()
  return useSyncExternalStore(workers.subscribe, workers.list)
}

/** The worker of an entry, under the name that people know it by: in the browser, the one that it tells itself. */
export function toWorker(platform: Platform, entry: WorkerEntry, info: AgentInfo | undefined): Worker {
  const { summary, client } = entry
  const embedded = summary.kind === 'embedded'
  const label = embedded
    ? strings.shell.thisComputer
    : platform.shell === 'web'
      ? (info?.hostname ?? summary.label)
      : summary.label
  return { id: summary.id, label, embedded, summary, client }
}

export function useConnection(client: WorkerClient): ConnectionState {
  return useSyncExternalStore(
    (listener) => client.onConnection(listener),
    () => client.connection,
  )
}

/** Where a worker stands now: the same object until that changes. */
export function useStanding({ summary, client }: Pick<Worker, 'summary' | 'client'>): Standing {
  const connection = useConnection(client)
  return useMemo(() => standingOf(summary, connection), [summary, connection])
}

/** Whether a worker can be asked for something, by its path in the contract. One of an earlier version may not know it. */
export function useCan(worker: Pick<Worker, 'id' | 'client'>, capability: string): boolean {
  return useWorkerInfo(worker).data?.capabilities.includes(capability) ?? false
}

/** "Try now": at once, whenever the next attempt is due. */
export function useRetryNow({ id }: Pick<Worker, 'id'>): () => void {
  const { workers } = usePlatform()
  return () => workers.retry(id)
}

/** What `feedFrom` keeps fresh is never fetched again by itself. */
export const FED = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY, retry: false } as const

/** The workspaces of a worker by name. `feedFrom` alone fills it: by one list, then by events. */
export function useWorkspaces(worker: { id: string }) {
  return useQuery<readonly WorkspaceInfo[]>({ ...FED, queryKey: workspacesKey(worker.id), queryFn: skipToken })
}

/** What the worker says of itself, its container engine included. */
export function useWorkerInfo(worker: { id: string; client: WorkerClient }) {
  return useQuery<AgentInfo>({
    ...FED,
    queryKey: infoKey(worker.id),
    queryFn: () => worker.client.api.info(),
  })
}
