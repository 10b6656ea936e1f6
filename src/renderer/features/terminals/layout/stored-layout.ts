import { z } from 'zod'
import { TerminalId } from '../../../../contract/terminal/terminal.ts'
import { type Layout, NO_LAYOUT } from './layout.ts'
import { brokenPromises } from './layout-promises.ts'
import { MAX_PANES, type PaneTree } from './pane-tree.ts'

/** Counts up when what is kept changes its shape; what an older or newer Berth wrote is then not read. */
const VERSION = 1

const Pane = z.object({ kind: z.literal('pane'), terminal: TerminalId })

/** As deep as trees of at most eight panes can be; what goes deeper was not written here. */
const Tree: z.ZodType<PaneTree> = treeOf(MAX_PANES)

function treeOf(depth: number): z.ZodType<PaneTree> {
  if (depth === 1) return Pane
  const tree = treeOf(depth - 1)
  const parts = z.array(z.object({ tree, share: z.number().positive().max(1) })).max(MAX_PANES)
  return z.discriminatedUnion('kind', [
    Pane,
    z.object({ kind: z.literal('split'), axis: z.enum(['row', 'column']), parts }),
  ])
}

const StoredLayout = z.object({
  version: z.literal(VERSION),
  layout: z.object({
    tabs: z.array(z.object({ id: z.string().max(64), tree: Tree, current: TerminalId, isZoomed: z.boolean() })),
    active: z.string().max(64).optional(),
  }),
})

/** A layout as it is kept. */
export const storedLayout = (layout: Layout): z.input<typeof StoredLayout> => ({
  version: VERSION,
  layout: {
    tabs: layout.tabs.map((tab) => ({ ...tab })),
    ...(layout.active === undefined ? {} : { active: layout.active }),
  },
})

/** The layout that was kept, or undefined where the value is torn, foreign, or promises what no layout may. */
export function readLayout(value: unknown): Layout | undefined {
  const read = StoredLayout.safeParse(value)
  if (!read.success) return undefined
  const { tabs, active } = read.data.layout
  const layout: Layout = tabs.length === 0 ? NO_LAYOUT : { tabs, active }
  return brokenPromises(layout).length === 0 ? layout : undefined
}
