import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { createStore } from '../../ui/store.ts'
import { parseWorkerPath } from '../paths.ts'
import { type ListedWorker, useWorkerList } from '../worker-list.ts'

/** The one worker that the sidebar shows; undefined: all. As long as the page stands. */
const scope = createStore<string | undefined>(undefined)

export const setScope = scope.set

export function useScope(): string | undefined {
  return useSyncExternalStore(scope.subscribe, scope.read)
}

/** The workers that the sidebar shows. A scope whose worker is gone is none. */
export function useWorkersInScope(): readonly ListedWorker[] {
  const workers = useWorkerList()
  const chosen = useScope()
  return useMemo(() => {
    const only = workers.filter(({ worker }) => worker.id === chosen)
    return only.length === 0 ? workers : only
  }, [workers, chosen])
}

/** Whoever goes to another worker takes the scope along: what is looked at has its row in the sidebar. */
export function useScopeFollowsPage(): void {
  const { pathname } = useLocation()
  const worker = parseWorkerPath(pathname)
  useEffect(() => {
    if (worker !== undefined && scope.read() !== undefined) scope.set(worker)
  }, [worker])
}
