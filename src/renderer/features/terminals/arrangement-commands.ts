import { useCommand } from '../../commands/context.ts'
import type { CommandId } from '../../commands/definitions.ts'
import { strings } from '../../strings/index.ts'
import { isFull, type Tab } from './layout/layout.ts'
import { dividerNear, neighbourOf } from './layout/pane-geometry.ts'
import { axisOf, type Side } from './layout/pane-tree.ts'
import type { WorkspaceTabs } from './layout/workspace-tabs.ts'
import { focusDivider } from './pane-grid.tsx'
import type { TerminalActions } from './terminal-actions.ts'

export type ArrangementCommands = {
  tabs: WorkspaceTabs
  /** The tab that is looked at. */
  tab: Tab | undefined
  actions: TerminalActions
  onRename: (terminal: string) => void
}

const RESIZE_STEP = 0.05

const { unavailable } = strings.commands

/** Carries out the commands that arrange terminals, as long as those of a workspace are on the screen. */
export function useArrangementCommands(input: ArrangementCommands): void {
  const { tabs, tab, actions, onRename } = input
  const missing = tab === undefined ? unavailable.noTerminal : undefined
  const alone = missing ?? (tab?.tree.kind === 'pane' ? unavailable.noSplit : undefined)
  const full = missing ?? (tab !== undefined && isFull(tab) ? unavailable.tabFull : undefined)
  const onCurrent = (run: (terminal: string, tab: Tab) => void) => (): void => {
    if (tab !== undefined) run(tab.current, tab)
  }
  useCommand(
    'split-right',
    onCurrent((id) => actions.split(id, 'right')),
    full,
  )
  useCommand(
    'split-down',
    onCurrent((id) => actions.split(id, 'down')),
    full,
  )
  useCommand('zoom-terminal', onCurrent(actions.toggleZoom), alone)
  useCommand('rename-terminal', onCurrent(onRename), missing)
  useCommand('move-terminal-to-new-tab', onCurrent(actions.moveToNewTab), alone)
  useCommand('reopen-terminal', () => actions.reopen(), tabs.closed.length === 0 ? unavailable.noneClosed : undefined)
  useSideCommands(
    FOCUS,
    onSide(input, (id, side, { tree }) => {
      const neighbour = neighbourOf(tree, id, side)
      if (neighbour !== undefined) actions.goTo(neighbour)
    }),
    alone,
  )
  useSideCommands(MOVE, onSide(input, actions.move), alone)
  useTabCommands(input, missing)
  useResizeCommands(input, tab?.isZoomed === true ? unavailable.zoomed : alone)
}

function useTabCommands({ tabs, tab, actions }: ArrangementCommands, missing: string | undefined): void {
  const all = tabs.layout.tabs
  const index = tab === undefined ? -1 : all.indexOf(tab)
  const lonely = missing ?? (all.length < 2 ? unavailable.noOtherTab : undefined)
  const toward = (by: number): Tab | undefined => all[(index + by + all.length) % all.length]
  const step = (by: number) => (): void => {
    const next = toward(by)
    if (next !== undefined) actions.activate(next.id)
  }
  const carry = (by: number) => (): void => {
    const next = toward(by)
    if (tab !== undefined && next !== undefined) actions.moveToTab(tab.current, next.id)
  }
  const shift = (by: number) => (): void => {
    if (tab !== undefined) actions.moveTab(tab.id, index + by)
  }
  const fullOf = (by: number): string | undefined => {
    const next = toward(by)
    return next !== undefined && isFull(next) ? unavailable.tabFull : undefined
  }
  useCommand('next-terminal', step(1), missing)
  useCommand('previous-terminal', step(-1), missing)
  useCommand('move-terminal-to-next-tab', carry(1), lonely ?? fullOf(1))
  useCommand('move-terminal-to-previous-tab', carry(-1), lonely ?? fullOf(-1))
  useCommand('move-tab-left', shift(-1), lonely ?? (index === 0 ? unavailable.firstTab : undefined))
  useCommand('move-tab-right', shift(1), lonely ?? (index === all.length - 1 ? unavailable.lastTab : undefined))
}

function useResizeCommands(input: ArrangementCommands, missing: string | undefined): void {
  useCommand(
    'resize-terminal',
    () => {
      if (input.tab !== undefined) focusDivider(input.tab)
    },
    missing,
  )
  useSideCommands(
    RESIZE,
    onSide(input, (id, side, tab) => {
      const divider = dividerNear(tab.tree, id, axisOf(side))
      const step = side === 'left' || side === 'up' ? -RESIZE_STEP : RESIZE_STEP
      if (divider !== undefined) input.actions.resize(divider, divider.value + step)
    }),
    missing,
  )
}

type OfSides = Record<Side, CommandId>

const FOCUS: OfSides = {
  left: 'focus-left',
  right: 'focus-right',
  up: 'focus-up',
  down: 'focus-down',
}
const MOVE: OfSides = {
  left: 'move-terminal-left',
  right: 'move-terminal-right',
  up: 'move-terminal-up',
  down: 'move-terminal-down',
}
const RESIZE: OfSides = {
  left: 'resize-left',
  right: 'resize-right',
  up: 'resize-up',
  down: 'resize-down',
}

const onSide =
  ({ tab }: ArrangementCommands, run: (terminal: string, side: Side, tab: Tab) => void) =>
  (side: Side): void => {
    if (tab !== undefined) run(tab.current, side, tab)
  }

function useSideCommands(ids: OfSides, run: (side: Side) => void, missing: string | undefined): void {
  useCommand(ids.left, () => run('left'), missing)
  useCommand(ids.right, () => run('right'), missing)
  useCommand(ids.up, () => run('up'), missing)
  useCommand(ids.down, () => run('down'), missing)
}
