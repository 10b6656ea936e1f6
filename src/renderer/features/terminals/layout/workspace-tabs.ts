import type { TerminalRecord } from '../../../../contract/terminal/terminal.ts'
import { beside, inNewTab, type Layout, NO_LAYOUT, replace, type Tab, tabOf, terminalsOf, without } from './layout.ts'
import { MAX_PANES, type PaneTree, pane, terminalsIn, withoutPane } from './pane-tree.ts'

/** The terminals of one workspace as this window has them, beside what the worker lists. */
export type WorkspaceTabs = {
  layout: Layout
  /** Whether this window has an arrangement of its own: made here, or found again. */
  isKnown: boolean
  /** Made here and not listed by the worker yet. */
  opening: readonly string[]
  /** Closed here to be ended: in no tab and not in the background, while the worker may still list them. */
  leaving: readonly string[]
  /** What was closed and can be opened again, the last one first. */
  closed: readonly ClosedPanes[]
  /** The workspace has just come up: its first terminal opens by itself. */
  expectsFirst: boolean
}

/** Terminals that were closed together, and the tab that they were in as it was before. */
export type ClosedPanes = { terminals: readonly string[]; tab: Tab; index: number }

export const NO_TABS: WorkspaceTabs = {
  layout: NO_LAYOUT,
  isKnown: false,
  opening: [],
  leaving: [],
  closed: [],
  expectsFirst: false,
}

const MAX_CLOSED = 10

/** Arranges anew what is there. */
export function arranged(tabs: WorkspaceTabs, change: (layout: Layout) => Layout): WorkspaceTabs {
  const layout = change(tabs.layout)
  if (layout === tabs.layout) return tabs
  const leaving = tabs.leaving.filter((id) => tabOf(layout, id) === undefined)
  return { ...tabs, layout, leaving, isKnown: true, expectsFirst: false }
}

/** A terminal that is made here comes in; where the change has no room for it, nothing happens. */
export function opened(tabs: WorkspaceTabs, terminal: string, change: (layout: Layout) => Layout): WorkspaceTabs {
  const next = arranged(tabs, change)
  if (tabOf(next.layout, terminal) === undefined) return tabs
  return { ...next, opening: [...tabs.opening, terminal] }
}

/** A new terminal takes the place of one that is ended. */
export function restarted(tabs: WorkspaceTabs, from: string, to: string): WorkspaceTabs {
  const next = opened(tabs, to, (layout) => replace(layout, from, to))
  return next === tabs ? tabs : { ...next, leaving: [...next.leaving, from] }
}

/** What the worker says of a terminal, as far as its place depends on it. */
export type ListedTerminal = Pick<TerminalRecord, 'id' | 'exit' | 'endedBy'>

/** Whether its program has ended, by itself or with its workspace. */
export const hasEnded = ({ exit, endedBy }: Omit<ListedTerminal, 'id'>): boolean =>
  exit !== undefined || endedBy !== undefined

/**
 * The worker's list has come. Terminals that are gone there leave the layout, and are named. A window without an
 * arrangement of its own looks at the first one that runs, or else at the first.
 */
export function listed(
  tabs: WorkspaceTabs,
  list: readonly ListedTerminal[],
): { tabs: WorkspaceTabs; gone: readonly string[] } {
  const ids = list.map(({ id }) => id)
  const isThere = (id: string): boolean => ids.includes(id) || tabs.opening.includes(id)
  const gone = terminalsOf(tabs.layout).filter((id) => !isThere(id))
  const leaving = tabs.leaving.filter((id) => ids.includes(id))
  const kept: WorkspaceTabs = {
    ...tabs,
    layout: gone.length === 0 ? tabs.layout : without(tabs.layout, gone),
    opening: tabs.opening.filter((id) => !ids.includes(id)),
    leaving,
    closed: onlyOf(tabs.closed, isThere),
    expectsFirst: tabs.expectsFirst && list.every(hasEnded),
  }
  const here = list.filter(({ id }) => !leaving.includes(id))
  const first = (here.find((one) => !hasEnded(one)) ?? here[0])?.id
  if (tabs.isKnown || kept.expectsFirst || first === undefined) return { tabs: kept, gone }
  return { tabs: arranged(kept, (layout) => inNewTab(layout, first, { id: first })), gone }
}

/** The terminals of the worker's list that run without a tab here. */
export function backgroundOf(tabs: WorkspaceTabs, ids: readonly string[]): readonly string[] {
  const elsewhere = new Set([...terminalsOf(tabs.layout), ...tabs.leaving])
  return tabs.isKnown ? ids.filter((id) => !elsewhere.has(id)) : []
}

/**
 * Takes terminals of one tab (that of the first) out of sight: to be ended soon, or to run on in the background. One that is
 * there already can be ended, too.
 */
export function closed(tabs: WorkspaceTabs, ids: readonly string[], then: 'end' | 'background'): WorkspaceTabs {
  const [first = ''] = ids
  const found = tabOf(tabs.layout, first)
  if (found === undefined && (then === 'background' || tabs.leaving.includes(first))) return tabs
  const tab = found ?? { id: first, tree: pane(first), current: first, isZoomed: false }
  const index = found === undefined ? tabs.layout.tabs.length : tabs.layout.tabs.indexOf(found)
  const terminals = ids.filter((id) => terminalsIn(tab.tree).includes(id))
  return {
    ...arranged(tabs, (layout) => (found === undefined ? layout : without(layout, terminals))),
    leaving: then === 'end' ? [...tabs.leaving, ...terminals] : tabs.leaving,
    closed: [{ terminals, tab, index }, ...tabs.closed].slice(0, MAX_CLOSED),
  }
}

/** What opening again brings back: what this terminal was closed with, or else what was closed last. */
export function toReopen(tabs: WorkspaceTabs, terminal?: string): ClosedPanes | undefined {
  if (terminal === undefined) return tabs.closed[0]
  return tabs.closed.find(({ terminals }) => terminals.includes(terminal))
}

/** Opens again what was closed: where it was, if its tab has not become another meanwhile. */
export function reopened(tabs: WorkspaceTabs, panes: ClosedPanes, newTab: string): WorkspaceTabs {
  const terminals = panes.terminals.filter((id) => tabOf(tabs.layout, id) === undefined)
  return {
    ...arranged(tabs, (layout) => restored(layout, { ...panes, terminals }, newTab)),
    closed: tabs.closed.filter((other) => other !== panes),
  }
}

function restored(layout: Layout, { terminals, tab, index }: ClosedPanes, newTab: string): Layout {
  const present = layout.tabs.find(({ id }) => id === tab.id)
  const rest = withoutPanes(tab.tree, terminals)
  if (present !== undefined && rest !== undefined && terminalsIn(rest).join() === terminalsIn(present.tree).join()) {
    const back = { ...tab, isZoomed: false }
    return { tabs: layout.tabs.map((found) => (found === present ? back : found)), active: tab.id }
  }
  if (present !== undefined && terminalsIn(present.tree).length + terminals.length <= MAX_PANES) {
    return terminals.reduce((into, id) => beside(into, id, { at: present.current, side: 'right' }), layout)
  }
  const others = terminalsIn(tab.tree).filter((id) => !terminals.includes(id))
  const id = present === undefined ? tab.id : newTab
  const { tabs } = without({ tabs: [{ ...tab, id, isZoomed: false }], active: id }, others)
  return tabs.length === 0 ? layout : { tabs: layout.tabs.toSpliced(index, 0, ...tabs), active: id }
}

const withoutPanes = (tree: PaneTree, terminals: readonly string[]): PaneTree | undefined =>
  terminals.reduce<PaneTree | undefined>((rest, id) => (rest === undefined ? rest : withoutPane(rest, id)), tree)

/** Not to be ended after all, or it could not be. */
export function kept(tabs: WorkspaceTabs, terminals: readonly string[]): WorkspaceTabs {
  return { ...tabs, leaving: tabs.leaving.filter((id) => !terminals.includes(id)) }
}

/** A terminal has ended: it cannot be opened again. */
export function ended(tabs: WorkspaceTabs, terminal: string): WorkspaceTabs {
  return {
    ...arranged(tabs, (layout) => (tabOf(layout, terminal) === undefined ? layout : without(layout, [terminal]))),
    opening: tabs.opening.filter((id) => id !== terminal),
    leaving: [...tabs.leaving.filter((id) => id !== terminal), terminal],
    closed: onlyOf(tabs.closed, (id) => id !== terminal),
  }
}

/** The workspace was deleted: nothing of it is left. Whoever waits for the start of its successor goes on waiting. */
export const deleted = ({ expectsFirst }: WorkspaceTabs): WorkspaceTabs => ({ ...NO_TABS, expectsFirst })

function onlyOf(closed: readonly ClosedPanes[], isThere: (id: string) => boolean): readonly ClosedPanes[] {
  return closed
    .map((panes) => ({ ...panes, terminals: panes.terminals.filter(isThere) }))
    .filter(({ terminals }) => terminals.length > 0)
}
