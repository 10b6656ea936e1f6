/** The tabs of one workspace as this window has them, beside what the worker lists. */
export type WorkspaceTabs = {
  /** Made here and not listed by the worker yet, in order. */
  opening: readonly string[]
  /** Taken off the tabs but still running. */
  background: readonly string[]
  /** Ended here; the worker may still list them for a moment. */
  ended: readonly string[]
  active: string | undefined
  /** The workspace has just come up: its first terminal opens by itself. */
  expectsFirst: boolean
}

export const NO_TABS: WorkspaceTabs = { opening: [], background: [], ended: [], active: undefined, expectsFirst: false }

export type TabEvent =
  | { type: 'opened'; id: string }
  | { type: 'listed'; ids: readonly string[] }
  | { type: 'activated'; id: string }
  | { type: 'backgrounded'; id: string }
  | { type: 'ended'; id: string }
  | { type: 'expect-first' }
  /** The workspace stopped: nothing of it is left. */
  | { type: 'stopped' }

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((other) => other !== id)

export function reduceTabs(tabs: WorkspaceTabs, event: TabEvent): WorkspaceTabs {
  switch (event.type) {
    case 'opened':
      return { ...tabs, opening: [...tabs.opening, event.id], active: event.id, expectsFirst: false }
    case 'listed': {
      const listed = new Set(event.ids)
      return {
        ...tabs,
        opening: tabs.opening.filter((id) => !listed.has(id)),
        background: tabs.background.filter((id) => listed.has(id)),
        ended: tabs.ended.filter((id) => listed.has(id)),
        expectsFirst: tabs.expectsFirst && listed.size === 0,
      }
    }
    case 'activated':
      return { ...tabs, active: event.id, background: without(tabs.background, event.id) }
    case 'backgrounded':
      return { ...tabs, background: [...without(tabs.background, event.id), event.id] }
    case 'ended':
      return {
        ...tabs,
        opening: without(tabs.opening, event.id),
        background: without(tabs.background, event.id),
        ended: [...without(tabs.ended, event.id), event.id],
      }
    case 'expect-first':
      return { ...tabs, expectsFirst: true }
    case 'stopped':
      return NO_TABS
  }
}

/** The ids that have a tab, in order: what the worker lists, then what is being opened. */
export function shownTabs(tabs: WorkspaceTabs, listed: readonly string[]): readonly string[] {
  const hidden = new Set([...tabs.background, ...tabs.ended])
  const known = new Set(listed)
  return [...listed, ...tabs.opening.filter((id) => !known.has(id))].filter((id) => !hidden.has(id))
}

/** The tab that is looked at: the chosen one, or the neighbour that took its place. */
export function activeTab(tabs: WorkspaceTabs, shown: readonly string[]): string | undefined {
  return tabs.active !== undefined && shown.includes(tabs.active) ? tabs.active : shown.at(-1)
}

/** Where a window keeps which tab was looked at, over a reload. */
const MEMORY_PREFIX = 'berth.tab/'

/** Keeps the tabs of every workspace, outside React: they survive navigation. Keys are `worker/workspace`. */
export function createTabStore(memory: Pick<Storage, 'getItem' | 'setItem'>) {
  const workspaces = new Map<string, WorkspaceTabs>()
  const listeners = new Set<() => void>()
  const read = (key: string): WorkspaceTabs => {
    const known = workspaces.get(key)
    if (known !== undefined) return known
    const first = { ...NO_TABS, active: memory.getItem(`${MEMORY_PREFIX}${key}`) ?? undefined }
    workspaces.set(key, first)
    return first
  }
  return {
    read,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispatch(key: string, event: TabEvent): void {
      const tabs = reduceTabs(read(key), event)
      workspaces.set(key, tabs)
      memory.setItem(`${MEMORY_PREFIX}${key}`, tabs.active ?? '')
      for (const listener of listeners) listener()
    },
  }
}

export const tabsKey = (worker: string, workspace: string): string => `${worker}/${workspace}`
