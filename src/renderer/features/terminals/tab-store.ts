import { readLayout, storedLayout } from './layout/stored-layout.ts'
import { deleted, type ListedTerminal, listed, NO_TABS, type WorkspaceTabs } from './layout/workspace-tabs.ts'
import type { LayoutMemory } from './layout-memory.ts'

/** Names a workspace of all workers. */
export const tabsKey = (worker: string, workspace: string): string => `${worker}/${workspace}`

/**
 * The tabs of every workspace, outside React: they survive navigation, and each change of a layout goes into `memory`. Until
 * what was kept there is read, nothing is known of any.
 */
export function createTabStore(memory: LayoutMemory) {
  const workspaces = new Map<string, WorkspaceTabs>()
  const listeners = new Set<() => void>()
  let isLoaded = false

  const read = (key: string): WorkspaceTabs => workspaces.get(key) ?? NO_TABS

  const set = (key: string, tabs: WorkspaceTabs): void => {
    const before = read(key)
    if (tabs === before) return
    workspaces.set(key, tabs)
    if (tabs.isKnown && tabs.layout !== before.layout) memory.save(key, storedLayout(tabs.layout))
    for (const listener of listeners) listener()
  }

  const loaded = memory.load().then((kept) => {
    for (const [key, value] of kept) {
      const layout = readLayout(value)
      const tabs = read(key)
      if (layout !== undefined && !tabs.isKnown) workspaces.set(key, { ...tabs, layout, isKnown: true })
    }
    isLoaded = true
    for (const listener of listeners) listener()
  })

  return {
    /** Settles when what was kept is read; never fails. */
    loaded,
    isLoaded: (): boolean => isLoaded,
    /** The same object until it changes. */
    read,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(key: string, change: (tabs: WorkspaceTabs) => WorkspaceTabs): void {
      set(key, change(read(key)))
    },
    /** Takes the worker's list; returns the terminals of the layout that are gone there. */
    hear(key: string, list: readonly ListedTerminal[]): readonly string[] {
      const { tabs, gone } = listed(read(key), list)
      set(key, tabs)
      return gone
    },
    expectFirst(key: string): void {
      set(key, { ...read(key), expectsFirst: true })
    },
    /** The workspace was deleted: its terminals are gone, and with them their arrangement. */
    forget(key: string): void {
      set(key, deleted(read(key)))
      memory.forget(key)
    },
  }
}
