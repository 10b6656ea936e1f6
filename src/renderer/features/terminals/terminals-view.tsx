import { Tabs } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Delayed } from '../../ui/delayed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Worker } from '../../worker/workers.ts'
import { BackgroundMenu } from './background-menu.tsx'
import { activeTab } from './layout/layout.ts'
import { terminalsIn } from './layout/pane-tree.ts'
import { LeaveHint } from './leave-hint.tsx'
import { ListFailure } from './list-failure.tsx'
import { PaneGrid } from './pane-grid.tsx'
import { terminalActions } from './terminal-actions.ts'
import { useTerminalCommands } from './terminal-commands.ts'
import { TerminalMenu } from './terminal-menu.tsx'
import { TerminalTabs, tabId } from './terminal-tabs.tsx'
import { useCanUpload } from './upload/use-can-upload.ts'
import { useClosing } from './use-closing.tsx'
import { useRenaming } from './use-renaming.tsx'
import { useTerminals } from './use-terminals.ts'

type TerminalsViewProps = {
  worker: Worker
  workspace: string
  /** What the image lacks to hold terminals itself. */
  missing: string | undefined
}

/** The terminals of a running workspace: its tabs, and the terminals of the one that is looked at. */
export function TerminalsView({ worker, workspace, missing }: TerminalsViewProps) {
  const { list, isReady, terminals } = useTerminals(worker, workspace)
  const { layout, tabs } = terminals
  const actions = useMemo(() => terminalActions({ worker, workspace }), [worker, workspace])
  const [isMenuOpen, setMenuOpen] = useState(false)
  const closing = useClosing(terminals, actions)
  const end = (id: string): void => closing.close([id])
  const renaming = useRenaming({ worker, workspace, terminals })
  const tab = activeTab(layout)
  useTerminalCommands({ tabs, tab, actions, closing, canUpload: useCanUpload(worker), onRename: renaming.rename })

  useFirst(isReady && tabs.expectsFirst && list.isSuccess && !list.isFetching, actions.open)
  if (!isReady) return <Loading />
  return (
    <Tabs.Root
      value={layout.active ?? ''}
      onValueChange={actions.activate}
      activationMode="manual"
      className="flex h-full min-h-0 flex-col"
    >
      <TerminalTabs
        workspace={workspace}
        terminals={terminals}
        actions={actions}
        onClose={({ tree }) => closing.close(terminalsIn(tree))}
        onRename={renaming.rename}
        onMenu={() => setMenuOpen(true)}
      >
        <TerminalMenu
          tab={tab}
          terminals={terminals}
          actions={actions}
          isOpen={isMenuOpen}
          onOpenChange={setMenuOpen}
        />
        <BackgroundMenu worker={worker} background={terminals.background} tab={tab} actions={actions} onEnd={end} />
      </TerminalTabs>
      {missing === undefined ? null : <Unheld missing={missing} />}
      {list.isError ? (
        <ListFailure title={strings.terminals.listFailed} error={list.error} onRetry={() => void list.refetch()} />
      ) : null}
      {tab === undefined ? (
        <NoTerminal onOpen={actions.open} />
      ) : (
        <Tabs.Content
          key={tab.id}
          value={tab.id}
          tabIndex={-1}
          aria-labelledby={tabId(tab.id)}
          className="min-h-0 flex-1"
        >
          <PaneGrid
            worker={worker}
            workspace={workspace}
            tab={tab}
            terminals={terminals}
            actions={actions}
            onClose={end}
            onMenu={() => setMenuOpen(true)}
          />
        </Tabs.Content>
      )}
      <LeaveHint />
      {closing.question}
      {renaming.dialog}
    </Tabs.Root>
  )
}

/** A workspace that has just come up opens its first terminal by itself. */
function useFirst(isAwaited: boolean, open: () => void): void {
  useEffect(() => {
    if (isAwaited) open()
  }, [isAwaited, open])
}

function Loading() {
  return (
    <Delayed>
      <p className="p-4 text-muted">{strings.terminals.loading}</p>
    </Delayed>
  )
}

function NoTerminal({ onOpen }: { onOpen: () => void }) {
  return (
    <EmptyState title={strings.terminals.empty} body={strings.terminals.emptyHint}>
      <Button variant="primary" data-focus-target onClick={onOpen}>
        {strings.terminals.openShell}
      </Button>
    </EmptyState>
  )
}

/** Terminals look the same, and do not last as they do elsewhere: that is said before it matters. */
function Unheld({ missing }: { missing: string }) {
  return (
    <Notice strip kind="waiting" title={strings.terminals.unheld}>
      <p className="text-muted">{missing}</p>
    </Notice>
  )
}
