import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import type { Tab } from './layout/layout.ts'
import { dividerNear, placementOf } from './layout/pane-geometry.ts'
import { type Axis, pane } from './layout/pane-tree.ts'
import { dividerId, PaneDivider } from './pane-divider.tsx'
import { PaneFrame } from './pane-frame.tsx'
import type { TerminalActions } from './terminal-actions.ts'
import { terminalName } from './terminal-name.ts'
import type { Terminals } from './use-terminals.ts'

type PaneGridProps = {
  worker: Worker
  workspace: string
  tab: Tab
  terminals: Terminals
  actions: TerminalActions
  /** The workspace does not run. */
  isOver?: boolean
  onClose: (terminal: string) => void
  onMenu: () => void
}

/**
 * The terminals of a tab where its tree places them. They stand beside each other in the page whatever the tree is, so that
 * no terminal leaves the page because another one came or moved.
 */
export function PaneGrid({
  worker,
  workspace,
  tab,
  terminals,
  actions,
  isOver = false,
  onClose,
  onMenu,
}: PaneGridProps) {
  const isOneOfMany = tab.tree.kind === 'split'
  const { panes, dividers } = placementOf(tab.isZoomed ? pane(tab.current) : tab.tree)
  const turn = (axis: Axis): void => focusDivider(tab, axis)
  return (
    <div className="relative h-full">
      {dividers.map((divider) => (
        <PaneDivider
          key={dividerId(divider)}
          divider={divider}
          label={strings.terminals.divider(
            divider.before.map((id) => terminalName(terminals.entryOf(id))),
            divider.after.map((id) => terminalName(terminals.entryOf(id))),
          )}
          onMove={(value) => actions.resize(divider, value)}
          onTurn={turn}
          onLeave={actions.focusCurrent}
        />
      ))}
      {panes.map(({ terminal, box }) => (
        <PaneFrame
          key={terminal}
          box={box}
          worker={worker}
          workspace={workspace}
          entry={terminals.entryOf(terminal)}
          count={terminals.count}
          isCurrent={terminal === tab.current}
          isOneOfMany={isOneOfMany}
          isZoomed={tab.isZoomed}
          isOver={isOver}
          actions={actions}
          onClose={() => onClose(terminal)}
          onMenu={onMenu}
        />
      ))}
    </div>
  )
}

/** Puts the keyboard on the divider nearest to the current terminal: arrow keys then give it more or less room. */
export function focusDivider(tab: Tab, axis?: Axis): void {
  const divider = dividerNear(tab.tree, tab.current, axis)
  if (divider !== undefined) document.getElementById(dividerId(divider))?.focus()
}
