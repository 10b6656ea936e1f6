import { type Divider, movedDivider, neighbourOf } from './pane-geometry.ts'
import {
  atEdge,
  besidePane,
  MAX_PANES,
  type PaneTree,
  pane,
  renamedPanes,
  type Side,
  swappedPanes,
  terminalsIn,
  withoutPane,
} from './pane-tree.ts'

/** A tab: its terminals, the one of them that has the keyboard, and whether that one fills the tab, over the others. */
export type Tab = { id: string; tree: PaneTree; current: string; isZoomed: boolean }

/** How a window arranges the terminals of one workspace. No terminal is in it twice; `active` is one of the tabs. */
export type Layout = { tabs: readonly Tab[]; active: string | undefined }

export const NO_LAYOUT: Layout = { tabs: [], active: undefined }

/** A place beside a terminal. */
export type Beside = { at: string; side: Side }

export const terminalsOf = (layout: Layout): readonly string[] => layout.tabs.flatMap(({ tree }) => terminalsIn(tree))

export const activeTab = (layout: Layout): Tab | undefined => layout.tabs.find(({ id }) => id === layout.active)

/** The tab that a terminal is in. */
export const tabOf = (layout: Layout, terminal: string): Tab | undefined =>
  layout.tabs.find(({ tree }) => terminalsIn(tree).includes(terminal))

export const isFull = (tab: Tab): boolean => terminalsIn(tab.tree).length >= MAX_PANES

/** Puts a terminal into a tab of its own, at the end or at `index`, and looks at it. */
export function inNewTab(layout: Layout, terminal: string, { id, index }: { id: string; index?: number }): Layout {
  const rest = without(layout, [terminal])
  const tab: Tab = { id, tree: pane(terminal), current: terminal, isZoomed: false }
  return { tabs: rest.tabs.toSpliced(index ?? rest.tabs.length, 0, tab), active: id }
}

/**
 * Puts a terminal, from wherever it was, beside another one and looks at it there. A tab that is full takes none from
 * elsewhere: then the layout stays the same.
 */
export function beside(layout: Layout, terminal: string, place: Beside): Layout {
  const target = tabOf(layout, place.at)
  if (target === undefined || terminal === place.at) return layout
  if (isFull(target) && tabOf(layout, terminal) !== target) return layout
  const arranged = changeTab(without(layout, [terminal]), target.id, (tab) => ({
    ...tab,
    tree: besidePane(tab.tree, terminal, place),
    current: terminal,
    isZoomed: false,
  }))
  return { ...arranged, active: target.id }
}

/** Moves a terminal to another tab and looks at it there, unless that is full. */
export function intoTab(layout: Layout, terminal: string, id: string): Layout {
  const target = layout.tabs.find((tab) => tab.id === id)
  if (target === undefined || terminalsIn(target.tree).includes(terminal)) return layout
  return beside(layout, terminal, { at: target.current, side: 'right' })
}

/** Moves a terminal that way: it changes places with its neighbour there or, where there is none, takes the whole edge. */
export function towards(layout: Layout, terminal: string, side: Side): Layout {
  const from = tabOf(layout, terminal)
  if (from === undefined) return layout
  return changeTab(layout, from.id, (tab) => {
    const neighbour = neighbourOf(tab.tree, terminal, side)
    const rest = withoutPane(tab.tree, terminal)
    if (rest === undefined) return tab
    const tree = neighbour === undefined ? atEdge(rest, terminal, side) : swappedPanes(tab.tree, terminal, neighbour)
    return { ...tab, tree, current: terminal, isZoomed: false }
  })
}

/** Takes terminals out. The keyboard goes to what took their place; a tab without terminals goes. */
export function without(layout: Layout, terminals: readonly string[]): Layout {
  const at = layout.tabs.findIndex(({ id }) => id === layout.active)
  const tabs = layout.tabs.flatMap((tab) => {
    const rest = terminals.reduce<Tab | undefined>(withoutTerminal, tab)
    return rest === undefined ? [] : [rest]
  })
  const isThere = tabs.some(({ id }) => id === layout.active)
  return { tabs, active: isThere ? layout.active : (tabs[at] ?? tabs.at(-1))?.id }
}

function withoutTerminal(tab: Tab | undefined, terminal: string): Tab | undefined {
  if (tab === undefined) return undefined
  const before = terminalsIn(tab.tree)
  const tree = withoutPane(tab.tree, terminal)
  if (tree === undefined || !before.includes(terminal)) return tree === undefined ? undefined : tab
  const rest = terminalsIn(tree)
  const current = tab.current === terminal ? (rest[before.indexOf(terminal)] ?? rest.at(-1)) : tab.current
  if (current === undefined) return undefined
  return { ...tab, tree, current, isZoomed: tab.isZoomed && tab.current !== terminal && rest.length > 1 }
}

/** Exactly these terminals: where they are, and those that are in no tab in one each, which is called as they are. */
export function allShown(layout: Layout, terminals: readonly string[]): Layout {
  const rest = without(
    layout,
    terminalsOf(layout).filter((id) => !terminals.includes(id)),
  )
  const tabs = terminals
    .filter((id, index) => tabOf(rest, id) === undefined && terminals.indexOf(id) === index)
    .map((id): Tab => ({ id: `last-${id}`, tree: pane(id), current: id, isZoomed: false }))
  return { tabs: [...rest.tabs, ...tabs], active: rest.active ?? tabs[0]?.id }
}

/** Looks at a tab. */
export function activate(layout: Layout, id: string): Layout {
  return layout.tabs.some((tab) => tab.id === id) ? { ...layout, active: id } : layout
}

/** Gives a terminal the keyboard, in its tab. One that is hidden behind another comes to light. */
export function focus(layout: Layout, terminal: string): Layout {
  const tab = tabOf(layout, terminal)
  if (tab === undefined || (tab.id === layout.active && tab.current === terminal)) return layout
  return activate(
    changeTab(layout, tab.id, (found) => ({
      ...found,
      current: terminal,
      isZoomed: found.isZoomed && found.current === terminal,
    })),
    tab.id,
  )
}

/** Lets a terminal fill its tab, or gives the others their room back. */
export function toggleZoom(layout: Layout, terminal: string): Layout {
  const tab = tabOf(layout, terminal)
  if (tab === undefined || tab.tree.kind === 'pane') return layout
  const isZoomed = !(tab.isZoomed && tab.current === terminal)
  return changeTab(layout, tab.id, (found) => ({ ...found, current: terminal, isZoomed }))
}

/** Puts a tab at another place among the tabs. */
export function moveTab(layout: Layout, id: string, index: number): Layout {
  const tab = layout.tabs.find((found) => found.id === id)
  if (tab === undefined) return layout
  const rest = layout.tabs.filter((found) => found !== tab)
  return { ...layout, tabs: rest.toSpliced(Math.max(0, Math.min(rest.length, index)), 0, tab) }
}

/** Another terminal takes the place of one. */
export function replace(layout: Layout, from: string, to: string): Layout {
  const nameOf = (terminal: string): string => (terminal === from ? to : terminal)
  const tab = tabOf(layout, from)
  if (tab === undefined || tabOf(layout, to) !== undefined) return layout
  return changeTab(layout, tab.id, (found) => ({
    ...found,
    tree: renamedPanes(found.tree, nameOf),
    current: nameOf(found.current),
  }))
}

/** Moves a divider of the tab that is looked at: see `movedDivider`. */
export function resize(layout: Layout, divider: Pick<Divider, 'path' | 'index'>, value: number): Layout {
  const tab = activeTab(layout)
  if (tab === undefined) return layout
  return changeTab(layout, tab.id, (found) => ({ ...found, tree: movedDivider(found.tree, divider, value) }))
}

function changeTab(layout: Layout, id: string, change: (tab: Tab) => Tab): Layout {
  return { ...layout, tabs: layout.tabs.map((tab) => (tab.id === id ? change(tab) : tab)) }
}
