import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Terminal } from '../../../contract/agent/terminals.ts'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { showToast } from '../../ui/toast-store.ts'
import { terminalsKey } from '../../worker/keys.ts'
import type { Worker } from '../../worker/workers.ts'
import { lastTerminalsQuery } from './last-terminals-query.ts'
import { allShown, type Layout, terminalsOf } from './layout/layout.ts'
import { backgroundOf, listed, type WorkspaceTabs } from './layout/workspace-tabs.ts'
import { tabsKey } from './tab-store.ts'
import { tabStore } from './tabs.ts'
import { terminalRegistry } from './terminal-registry.ts'

const LIST_RETRIES = 3

/** A terminal of the workspace: its place among those that are shown, and what the worker says of it, once it does. */
export type TerminalEntry = {
  id: string
  /** Counted from 1 over all tabs; 0 in the background. */
  position: number
  title: string
  record: Terminal | undefined
  /** It is made here: the worker may not have it yet. */
  isNew: boolean
}

/** What a workspace has of terminals: what the worker lists, and how this window arranges it. */
export type Terminals = {
  tabs: WorkspaceTabs
  layout: Layout
  /** How many are shown, over all tabs. */
  count: number
  entryOf: (id: string) => TerminalEntry
  /** Those that run without a tab here. */
  background: readonly TerminalEntry[]
}

/** The terminals of a workspace; `isReady` once the list and what was kept of the arrangement are there. */
export function useTerminals(worker: Worker, workspace: string) {
  const key = tabsKey(worker.id, workspace)
  const list = useQuery<Terminal[]>({
    queryKey: terminalsKey(worker.id, workspace),
    queryFn: ({ signal }) => worker.client.api.terminals.list({ workspace }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    // A runtime that is just coming up may not answer yet, and no event would say that it now does.
    retry: LIST_RETRIES,
  })
  const isLoaded = useSyncExternalStore(tabStore.subscribe, tabStore.isLoaded)
  const tabs = useSyncExternalStore(tabStore.subscribe, () => tabStore.read(key))
  const { data } = list
  useEffect(() => {
    if (data === undefined || !isLoaded) return
    const gone = tabStore.hear(key, data)
    if (gone.length > 0) tellGone(workspace, gone.length)
  }, [data, isLoaded, key, workspace])
  const terminals = useMemo(() => terminalsFrom(tabs, data), [tabs, data])
  return { list, isReady: isLoaded && !list.isPending, terminals }
}

/**
 * The terminals of a workspace that has stopped, as far as there are last screens of them: in this window, or with the
 * worker. Arranged as they were; those that were in no tab have one each. `isReady` once the worker has said what it has.
 */
export function useLastTerminals(worker: Worker, stopped: WorkspaceInfo) {
  const { name: workspace } = stopped
  const known = useQuery<Terminal[]>({ queryKey: terminalsKey(worker.id, workspace), queryFn: skipToken })
  const last = useQuery(lastTerminalsQuery(worker, stopped))
  const isLoaded = useSyncExternalStore(tabStore.subscribe, tabStore.isLoaded)
  const tabs = useSyncExternalStore(tabStore.subscribe, () => tabStore.read(tabsKey(worker.id, workspace)))
  const terminals = useMemo(() => lastFrom(tabs, known.data ?? [], last.data ?? []), [tabs, known.data, last.data])
  return { list: last, isReady: isLoaded && !last.isPending, terminals }
}

function lastFrom(tabs: WorkspaceTabs, known: readonly Terminal[], last: readonly Terminal[]): Terminals {
  const kept = last.map(({ id }) => id).filter((id) => !tabs.leaving.includes(id))
  const here = terminalsOf(tabs.layout).filter((id) => kept.includes(id) || terminalRegistry.find(id) !== undefined)
  const records = [...last, ...known.filter(({ id }) => !kept.includes(id))]
  return entriesOf({ ...tabs, layout: allShown(tabs.layout, [...here, ...kept]) }, records)
}

/** The list counts as heard here already: what is gone is never drawn, not even once. */
function terminalsFrom(kept: WorkspaceTabs, list: readonly Terminal[] | undefined): Terminals {
  return entriesOf(list === undefined ? kept : listed(kept, list).tabs, list)
}

function entriesOf(tabs: WorkspaceTabs, list: readonly Terminal[] | undefined): Terminals {
  const shown = terminalsOf(tabs.layout)
  const entryOf = (id: string): TerminalEntry => {
    const record = list?.find((terminal) => terminal.id === id)
    return { id, position: shown.indexOf(id) + 1, title: record?.title ?? '', record, isNew: tabs.opening.includes(id) }
  }
  return {
    tabs,
    layout: tabs.layout,
    count: shown.length,
    entryOf,
    background: backgroundOf(tabs, list?.map(({ id }) => id) ?? []).map(entryOf),
  }
}

function tellGone(workspace: string, count: number): void {
  const title = strings.terminals.gone(workspace, count)
  showToast({ kind: 'stopped', title, body: strings.terminals.goneBody })
}
