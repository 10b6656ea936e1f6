import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { Terminal } from '../../../contract/agent/terminals.ts'
import { strings } from '../../strings/index.ts'
import { showToast } from '../../ui/toast-store.ts'
import { failureOf } from '../../worker/failure.ts'
import { terminalsKey } from '../../worker/keys.ts'
import type { Worker } from '../../worker/workers.ts'
import { activeTab, shownTabs, tabsKey } from './tab-store.ts'
import { tabStore } from './tabs.ts'
import { terminalRegistry } from './terminal-registry.ts'

const LIST_RETRIES = 3

/** A tab of the workspace: its place among the others, and what the worker says of it, once it does. */
export type TerminalTab = { id: string; position: number; title: string; record: Terminal | undefined }

/** The terminals of a workspace as tabs, and what can be done with them. */
export function useTerminals(worker: Worker, workspace: string) {
  const key = tabsKey(worker.id, workspace)
  const list = useQuery<Terminal[]>({
    queryKey: terminalsKey(worker.id, workspace),
    queryFn: ({ signal }) => worker.client.api.terminals.list({ workspace }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    // A runtime that is just coming up may not answer yet, and no event would say that it now does.
    retry: LIST_RETRIES,
  })
  const tabs = useSyncExternalStore(tabStore.subscribe, () => tabStore.read(key))
  const { data } = list
  useEffect(() => {
    if (data !== undefined) tabStore.dispatch(key, { type: 'listed', ids: data.map(({ id }) => id) })
  }, [data, key])

  const listed = data ?? []
  const tabOf = (id: string, index: number): TerminalTab => {
    const record = listed.find((terminal) => terminal.id === id)
    return { id, position: index + 1, title: record?.title ?? '', record }
  }
  const shown = shownTabs(
    tabs,
    listed.map(({ id }) => id),
  )
  const open = useCallback(() => tabStore.dispatch(key, { type: 'opened', id: crypto.randomUUID() }), [key])
  return {
    list,
    tabs: shown.map(tabOf),
    background: tabs.background.map(tabOf),
    active: activeTab(tabs, shown),
    expectsFirst: tabs.expectsFirst,
    open,
    activate: (id: string): void => tabStore.dispatch(key, { type: 'activated', id }),
    toBackground: (id: string): void => tabStore.dispatch(key, { type: 'backgrounded', id }),
    end: (id: string): Promise<void> => endTerminal({ worker, workspace, id }),
  }
}

async function endTerminal({
  worker,
  workspace,
  id,
}: {
  worker: Worker
  workspace: string
  id: string
}): Promise<void> {
  try {
    await worker.client.api.terminals.close({ workspace, terminal: id })
  } catch (error) {
    const failure = failureOf(error)
    // One that is not there any more has ended.
    if (failure.code !== 'NOT_FOUND') {
      showToast({ kind: 'failed', title: strings.terminals.endFailed, body: failure.message })
      return
    }
  }
  terminalRegistry.forget(id)
  tabStore.dispatch(tabsKey(worker.id, workspace), { type: 'ended', id })
}
