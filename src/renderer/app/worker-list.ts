import { skipToken, useQueries } from '@tanstack/react-query'
import { createContext, useContext, useMemo } from 'react'
import type { AgentInfo } from '../../contract/agent/info.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { usePlatform } from '../platform/context.ts'
import { infoKey, workspacesKey } from '../worker/keys.ts'
import { FED, toWorker, useWorkerEntries, type Worker } from '../worker/workers.ts'

export type ListedWorker = { worker: Worker; workspaces: readonly WorkspaceInfo[] | undefined }

/** All workers with what is known of their workspaces. Read once for the whole shell. */
export const WorkerListContext = createContext<readonly ListedWorker[]>([])

export const useWorkerList = (): readonly ListedWorker[] => useContext(WorkerListContext)

export function useWorkerListSource(): readonly ListedWorker[] {
  const platform = usePlatform()
  const entries = useWorkerEntries()
  const infos = useQueries({
    queries: entries.map(({ summary, client }) => ({
      ...FED,
      queryKey: infoKey(summary.id),
      queryFn: (): Promise<AgentInfo> => client.api.info(),
    })),
    combine: (results) => results.map((result) => result.data),
  })
  const lists = useQueries({
    queries: entries.map(({ summary }) => ({
      ...FED,
      queryKey: workspacesKey(summary.id),
      queryFn: skipToken,
    })),
    combine: (results) => results.map((result): unknown => result.data),
  })
  return useMemo(
    () =>
      entries.map((entry, index) => ({
        worker: toWorker(platform, entry, infos[index]),
        workspaces: isWorkspaceList(lists[index]) ? lists[index] : undefined,
      })),
    [platform, entries, infos, lists],
  )
}

/** The cache holds under these keys only what `feedFrom` put there. */
const isWorkspaceList = (value: unknown): value is readonly WorkspaceInfo[] => Array.isArray(value)
