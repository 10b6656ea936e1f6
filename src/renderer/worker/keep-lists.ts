import { hashKey, type QueryClient } from '@tanstack/react-query'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import type { KeptListStore } from '../platform/kept-lists.ts'
import type { WorkerDirectory } from '../platform/platform.ts'
import { workspacesKey } from './keys.ts'

/** A worker that creates many workspaces changes its list often: what is written is the list of now, and seldom. */
const WRITE_EVERY_MS = 1000

type KeepDeps = {
  workers: WorkerDirectory
  queries: QueryClient
  lists: KeptListStore
  page: Pick<Window, 'addEventListener'>
}

/** Keeps the last list of each remote worker for the next start, as long as the page stands. */
export function keepLists({ workers, queries, lists, page }: KeepDeps): void {
  const changed = new Set<string>()
  let isDue = false
  const write = (): void => {
    for (const worker of changed) {
      const rows = queries.getQueryData<readonly WorkspaceInfo[]>(workspacesKey(worker))
      if (rows !== undefined) lists.keep(worker, rows)
    }
    changed.clear()
  }
  const writeSoon = (worker: string): void => {
    changed.add(worker)
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      write()
    }, WRITE_EVERY_MS)
  }
  const forget = (worker: string): void => {
    changed.delete(worker)
    lists.forget(worker)
  }
  queries.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || query.state.status !== 'success') return
    const remote = workers
      .list()
      .find(({ summary }) => summary.kind === 'remote' && query.queryHash === hashKey(workspacesKey(summary.id)))
    if (remote !== undefined) writeSoon(remote.summary.id)
  })
  let known: readonly string[] = []
  workers.subscribe(() => {
    // Only what was there and is not any more was removed: after a start the list may fill by and by.
    const listed = workers.list().map(({ summary }) => summary.id)
    for (const id of known) if (!listed.includes(id)) forget(id)
    known = listed
  })
  page.addEventListener('pagehide', write)
}
