import { skipToken, useQueries } from '@tanstack/react-query'
import { createContext, useContext, useMemo, useState } from 'react'
import type { AgentInfo } from '../../contract/agent/info.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { usePlatform } from '../platform/context.ts'
import type { KeptLists, KeptRow } from '../platform/kept-lists.ts'
import { infoKey, workspacesKey } from '../worker/keys.ts'
import { FED, toWorker, useWorkerEntries, type Worker } from '../worker/workers.ts'

export type ListedWorker = {
  worker: Worker
  /** What it told; undefined until it has. */
  workspaces: readonly WorkspaceInfo[] | undefined
  /** What it told when the app ran last, as long as it has not told anew. */
  kept: readonly KeptRow[]
}

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
  const kept = useKeptLists()
  return useMemo(
    () =>
      entries.map((entry, index) => {
        const workspaces = isWorkspaceList(lists[index]) ? lists[index] : undefined
        return {
          worker: toWorker(platform, entry, infos[index]),
          workspaces,
          kept: workspaces === undefined ? (kept[entry.summary.id] ?? NO_ROWS) : NO_ROWS,
        }
      }),
    [platform, entries, infos, lists, kept],
  )
}

const NO_ROWS: readonly KeptRow[] = []
const NO_LISTS: KeptLists = {}

/** Lists of the last run. What is written while this one goes on concerns the next. */
function useKeptLists(): KeptLists {
  const { keptLists } = usePlatform()
  const [lists] = useState(() => keptLists?.read() ?? NO_LISTS)
  return lists
}

/** The cache holds under these keys only what `feedFrom` put there. */
const isWorkspaceList = (value: unknown): value is readonly WorkspaceInfo[] => Array.isArray(value)
