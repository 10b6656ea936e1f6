import { type Axis, axisOf, type PaneTree, type Side, type Split, terminalsIn } from './pane-tree.ts'

/** A place in the tab, in parts of its width and height. */
export type Box = { left: number; top: number; width: number; height: number }

export type PlacedPane = { terminal: string; box: Box }

/** The line between two neighbours of a split, which can be moved. */
export type Divider = {
  /** Which split: the places of the parts on the way to it. */
  path: readonly number[]
  /** It stands after this part of the split. */
  index: number
  axis: Axis
  /** The whole split. */
  box: Box
  /** Where the part before it begins and the one after it ends, along its axis, in parts of the tab. */
  from: number
  to: number
  /** The terminals on either side of it, those first whose size it tells. */
  before: readonly string[]
  after: readonly string[]
  /** What the part before it has of the two, from 0 to 1, and how far that can go. */
  value: number
  min: number
  max: number
}

export type Placement = { panes: readonly PlacedPane[]; dividers: readonly Divider[] }

const WHOLE: Box = { left: 0, top: 0, width: 1, height: 1 }

/** No part is made smaller than this by moving a divider; one that already is stays as it is. */
const MIN_SHARE = 0.05

/** Where everything of a tree lies. */
export function placementOf(tree: PaneTree, box: Box = WHOLE, path: readonly number[] = []): Placement {
  if (tree.kind === 'pane') return { panes: [{ terminal: tree.terminal, box }], dividers: [] }
  const placed = tree.parts.map((part, index) => placementOf(part.tree, boxOfPart(tree, index, box), [...path, index]))
  const own = tree.parts.slice(1).map((_part, index) => dividerOf(tree, index, { box, path }))
  return {
    panes: placed.flatMap(({ panes }) => panes),
    dividers: [...own, ...placed.flatMap(({ dividers }) => dividers)],
  }
}

function boxOfPart(split: Split, index: number, box: Box): Box {
  const before = split.parts.slice(0, index).reduce((sum, { share }) => sum + share, 0)
  const share = split.parts[index]?.share ?? 0
  return split.axis === 'row'
    ? { ...box, left: box.left + before * box.width, width: share * box.width }
    : { ...box, top: box.top + before * box.height, height: share * box.height }
}

function dividerOf(split: Split, index: number, { box, path }: Pick<Divider, 'box' | 'path'>): Divider {
  const [before, after] = split.parts.slice(index, index + 2)
  const together = (before?.share ?? 0) + (after?.share ?? 0)
  const [min, max] = rangeOf(before?.share ?? 0, after?.share ?? 0)
  const first = boxOfPart(split, index, box)
  const second = boxOfPart(split, index + 1, box)
  return {
    path,
    index,
    axis: split.axis,
    box,
    from: split.axis === 'row' ? first.left : first.top,
    to: split.axis === 'row' ? second.left + second.width : second.top + second.height,
    before: before === undefined ? [] : terminalsIn(before.tree),
    after: after === undefined ? [] : terminalsIn(after.tree),
    value: (before?.share ?? 0) / together,
    min: min / together,
    max: max / together,
  }
}

const rangeOf = (before: number, after: number): [min: number, max: number] => [
  Math.min(MIN_SHARE, before),
  before + after - Math.min(MIN_SHARE, after),
]

/** Moves a divider so that the part before it has `value` of the two. Only these two change. */
export function movedDivider(
  tree: PaneTree,
  { path, index }: Pick<Divider, 'path' | 'index'>,
  value: number,
): PaneTree {
  if (tree.kind === 'pane') return tree
  const [first, ...rest] = path
  if (first !== undefined) {
    return {
      ...tree,
      parts: tree.parts.map((part, place) =>
        place === first ? { ...part, tree: movedDivider(part.tree, { path: rest, index }, value) } : part,
      ),
    }
  }
  const [before, after] = tree.parts.slice(index, index + 2)
  if (before === undefined || after === undefined) return tree
  const together = before.share + after.share
  const [min, max] = rangeOf(before.share, after.share)
  const share = Math.min(max, Math.max(min, value * together))
  return {
    ...tree,
    parts: tree.parts.toSpliced(index, 2, { ...before, share }, { ...after, share: together - share }),
  }
}

/** The divider that keys move for a terminal: the nearest one around it, on that axis where it has one. */
export function dividerNear(tree: PaneTree, terminal: string, axis?: Axis): Divider | undefined {
  const touching = placementOf(tree)
    .dividers.filter(({ before, after }) => before.includes(terminal) || after.includes(terminal))
    .toSorted((one, other) => other.path.length - one.path.length)
  return touching.find((divider) => divider.axis === axis) ?? (axis === undefined ? touching[0] : undefined)
}

/** Two edges are one when they are nearer than what adding up shares may cost. */
const NEAR = 1e-6

/** The terminal next to another on that side: of several, the one that shares the longest edge with it. */
export function neighbourOf(tree: PaneTree, terminal: string, side: Side): string | undefined {
  const { panes } = placementOf(tree)
  const from = panes.find((placed) => placed.terminal === terminal)?.box
  if (from === undefined) return undefined
  const touching = panes
    .filter(({ box }) => Math.abs(gap(from, box, side)) < NEAR)
    .map((placed) => ({ terminal: placed.terminal, overlap: overlapOf(from, placed.box, axisOf(side)) }))
    .filter(({ overlap }) => overlap > NEAR)
  return touching.toSorted((one, other) => other.overlap - one.overlap)[0]?.terminal
}

function gap(from: Box, to: Box, side: Side): number {
  switch (side) {
    case 'left':
      return from.left - (to.left + to.width)
    case 'right':
      return to.left - (from.left + from.width)
    case 'up':
      return from.top - (to.top + to.height)
    case 'down':
      return to.top - (from.top + from.height)
  }
}

function overlapOf(one: Box, other: Box, axis: Axis): number {
  return axis === 'row'
    ? Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top)
    : Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left)
}
