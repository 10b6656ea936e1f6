/** How the terminals of one tab share its room: a tree of rows and columns whose leaves are terminals. */
export type PaneTree = Pane | Split

export type Pane = { kind: 'pane'; terminal: string }

/** Parts side by side (`row`) or one under the other (`column`); at least two, none of them split along the same axis. */
export type Split = { kind: 'split'; axis: Axis; parts: readonly Part[] }

/** `share` is the part of its split's room: above 0, and 1 together with those of its neighbours. */
export type Part = { tree: PaneTree; share: number }

export type Axis = 'row' | 'column'
export type Side = 'left' | 'right' | 'up' | 'down'

/** More than these on the screen at once could not all be drawn by the graphics card. */
export const MAX_PANES = 8

export const axisOf = (side: Side): Axis => (side === 'left' || side === 'right' ? 'row' : 'column')
const isBefore = (side: Side): boolean => side === 'left' || side === 'up'

export const pane = (terminal: string): Pane => ({ kind: 'pane', terminal })

/** The terminals of a tree in reading order. */
export function terminalsIn(tree: PaneTree): readonly string[] {
  return tree.kind === 'pane' ? [tree.terminal] : tree.parts.flatMap((part) => terminalsIn(part.tree))
}

/** A split that keeps what is promised of one: a lone part stands for itself, a part of the same axis is taken in. */
export function splitOf(axis: Axis, parts: readonly Part[]): PaneTree | undefined {
  const flat = parts.flatMap(({ tree, share }) =>
    tree.kind === 'split' && tree.axis === axis
      ? tree.parts.map((part) => ({ tree: part.tree, share: part.share * share }))
      : [{ tree, share }],
  )
  const [first] = flat
  if (first === undefined || flat.length === 1) return first?.tree
  const total = flat.reduce((sum, { share }) => sum + share, 0)
  return { kind: 'split', axis, parts: flat.map(({ tree, share }) => ({ tree, share: share / total })) }
}

/** Puts a terminal beside another. It gets as much room as the parts of that row or column have on average. */
export function besidePane(tree: PaneTree, terminal: string, { at, side }: { at: string; side: Side }): PaneTree {
  if (tree.kind === 'pane') return tree.terminal === at ? twoOf(tree, pane(terminal), side) : tree
  const index = tree.parts.findIndex((part) => terminalsIn(part.tree).includes(at))
  const found = tree.parts[index]
  if (found === undefined) return tree
  if (found.tree.kind === 'pane' && tree.axis === axisOf(side)) {
    return withPart(tree, pane(terminal), isBefore(side) ? index : index + 1)
  }
  const inner = besidePane(found.tree, terminal, { at, side })
  const parts = tree.parts.map((part, place) => (place === index ? { ...part, tree: inner } : part))
  return splitOf(tree.axis, parts) ?? tree
}

/** Puts a terminal along a whole edge of the tab. */
export function atEdge(tree: PaneTree, terminal: string, side: Side): PaneTree {
  if (tree.kind === 'pane' || tree.axis !== axisOf(side)) return twoOf(tree, pane(terminal), side)
  return withPart(tree, pane(terminal), isBefore(side) ? 0 : tree.parts.length)
}

/** Takes a terminal out; its neighbours share its room. Undefined: it was the only one. */
export function withoutPane(tree: PaneTree, terminal: string): PaneTree | undefined {
  if (tree.kind === 'pane') return tree.terminal === terminal ? undefined : tree
  const parts = tree.parts.flatMap(({ tree: inner, share }) => {
    const rest = withoutPane(inner, terminal)
    return rest === undefined ? [] : [{ tree: rest, share }]
  })
  return splitOf(tree.axis, parts)
}

/** The same tree with other terminals in its places. */
export function renamedPanes(tree: PaneTree, nameOf: (terminal: string) => string): PaneTree {
  if (tree.kind === 'pane') return pane(nameOf(tree.terminal))
  return { ...tree, parts: tree.parts.map((part) => ({ ...part, tree: renamedPanes(part.tree, nameOf) })) }
}

/** Two terminals change places. */
export function swappedPanes(tree: PaneTree, one: string, other: string): PaneTree {
  return renamedPanes(tree, (terminal) => (terminal === one ? other : terminal === other ? one : terminal))
}

function twoOf(tree: PaneTree, added: Pane, side: Side): PaneTree {
  const parts = isBefore(side) ? [added, tree] : [tree, added]
  return {
    kind: 'split',
    axis: axisOf(side),
    parts: parts.map((part) => ({ tree: part, share: 1 / 2 })),
  }
}

function withPart(split: Split, tree: Pane, index: number): Split {
  const count = split.parts.length
  const scaled = split.parts.map((part) => ({ ...part, share: (part.share * count) / (count + 1) }))
  return { ...split, parts: scaled.toSpliced(index, 0, { tree, share: 1 / (count + 1) }) }
}
