import type { Layout } from './layout.ts'
import { MAX_PANES, type PaneTree, terminalsIn } from './pane-tree.ts'

/** What a layout does not keep of what is promised of every one; empty when all is well. */
export function brokenPromises(layout: Layout): readonly string[] {
  const all = layout.tabs.flatMap(({ tree }) => terminalsIn(tree))
  const ids = layout.tabs.map(({ id }) => id)
  return [
    ...(new Set(all).size === all.length ? [] : ['a terminal is there twice']),
    ...(new Set(ids).size === ids.length ? [] : ['a tab is there twice']),
    ...((layout.active === undefined) === (ids.length === 0) ? [] : ['there are tabs, and none is looked at']),
    ...(layout.active === undefined || ids.includes(layout.active) ? [] : ['the tab that is looked at is gone']),
    ...layout.tabs.flatMap(({ tree, current, isZoomed }) => [
      ...(terminalsIn(tree).includes(current) ? [] : ['the current terminal is in another tab']),
      ...(terminalsIn(tree).length <= MAX_PANES ? [] : ['too many panes']),
      ...(isZoomed && tree.kind === 'pane' ? ['one terminal alone is zoomed'] : []),
      ...brokenIn(tree),
    ]),
  ]
}

function brokenIn(tree: PaneTree): readonly string[] {
  if (tree.kind === 'pane') return []
  const sum = tree.parts.reduce((total, { share }) => total + share, 0)
  return [
    ...(tree.parts.length >= 2 ? [] : ['a split of fewer than two']),
    ...(Math.abs(sum - 1) < 1e-9 ? [] : [`shares of ${sum} together`]),
    ...(tree.parts.every(({ share }) => share > 0) ? [] : ['a part without room']),
    ...tree.parts.flatMap((part) => [
      ...(part.tree.kind === 'split' && part.tree.axis === tree.axis ? ['a row in a row'] : []),
      ...brokenIn(part.tree),
    ]),
  ]
}
