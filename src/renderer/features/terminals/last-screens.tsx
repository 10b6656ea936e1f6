import { Tabs } from 'radix-ui'
import { useMemo, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import type { Worker } from '../../worker/workers.ts'
import { activeTab } from './layout/layout.ts'
import { PaneGrid } from './pane-grid.tsx'
import { terminalActions } from './terminal-actions.ts'
import { useReadingCommands } from './terminal-commands.ts'
import { tabName, terminalName } from './terminal-name.ts'
import { tabId } from './terminal-tabs.tsx'
import type { Terminals } from './use-terminals.ts'

type LastScreensProps = { worker: Worker; workspace: string; terminals: Terminals }

const nothing = (): void => undefined

/** What the terminals of a workspace that has stopped showed last: as they were arranged, and to be read alone. */
export function LastScreens({ worker, workspace, terminals }: LastScreensProps) {
  const actions = useMemo(() => terminalActions({ worker, workspace }), [worker, workspace])
  const { layout } = terminals
  // Tabs that are here for the last screens alone are in no arrangement that is kept.
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const tab = layout.tabs.find(({ id }) => id === chosen) ?? activeTab(layout)
  useReadingCommands(tab)
  if (tab === undefined) return null
  return (
    <Tabs.Root
      value={tab.id}
      onValueChange={(id) => {
        setChosen(id)
        actions.activate(id)
      }}
      activationMode="manual"
      className="flex h-full min-h-0 flex-col"
    >
      <Tabs.List
        aria-label={strings.terminals.tabs(workspace)}
        className="flex h-9 shrink-0 items-stretch overflow-x-auto border-b border-line bg-bg"
      >
        {layout.tabs.map((one, index) => {
          const name = terminalName(terminals.entryOf(one.current))
          return (
            <Tabs.Trigger
              key={one.id}
              id={tabId(one.id)}
              value={one.id}
              className="flex max-w-60 min-w-24 items-center border-r border-b-2 border-r-line border-b-transparent px-3 text-muted select-none focus-inset hover:bg-hover touch-target data-[state=active]:border-b-accent data-[state=active]:bg-surface data-[state=active]:text-fg"
            >
              <span className="sr-only">{tabName({ tab: one, name, position: index + 1 })}</span>
              <MiddleTruncate text={strings.terminals.numbered(index + 1, name)} decorative />
            </Tabs.Trigger>
          )
        })}
      </Tabs.List>
      <Tabs.Content
        key={tab.id}
        value={tab.id}
        tabIndex={-1}
        aria-labelledby={tabId(tab.id)}
        className="min-h-0 flex-1"
      >
        <PaneGrid {...{ worker, workspace, tab, terminals, actions }} isOver onClose={nothing} onMenu={nothing} />
      </Tabs.Content>
    </Tabs.Root>
  )
}
