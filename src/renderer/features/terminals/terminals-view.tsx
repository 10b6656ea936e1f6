import { Tabs } from 'radix-ui'
import { useEffect, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Delayed } from '../../ui/delayed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { failureOf } from '../../worker/failure.ts'
import type { Worker } from '../../worker/workers.ts'
import { CloseQuestion } from './close-question.tsx'
import { LeaveHint } from './leave-hint.tsx'
import { TabMenu } from './tab-menu.tsx'
import { useTerminalCommands } from './terminal-commands.ts'
import { terminalRegistry } from './terminal-registry.ts'
import { TerminalStage } from './terminal-stage.tsx'
import { TerminalTabs, tabLabel } from './terminal-tabs.tsx'
import { useTerminals } from './use-terminals.ts'

type TerminalsViewProps = {
  worker: Worker
  workspace: string
  /** What the image lacks to hold terminals itself. */
  missing: string | undefined
}

/** The terminals of a running workspace: tabs, and the one that is looked at. */
export function TerminalsView({ worker, workspace, missing }: TerminalsViewProps) {
  const terminals = useTerminals(worker, workspace)
  const { list, tabs, active, open, activate } = terminals
  const openAndFocus = (): void => {
    open()
    focusTab()
  }
  const go = (id: string): void => {
    activate(id)
    focusTab()
  }
  const { close, question } = useClosing(terminals)
  const restart = async (id: string): Promise<void> => {
    await terminals.end(id)
    openAndFocus()
  }
  useTerminalCommands({ tabs, active, open: openAndFocus, activate: go, close })

  const awaitsFirst = terminals.expectsFirst && list.isSuccess && !list.isFetching && tabs.length === 0
  useEffect(() => {
    if (awaitsFirst) open()
  }, [awaitsFirst, open])

  if (list.isPending) {
    return (
      <Delayed>
        <p className="p-4 text-muted">{strings.terminals.loading}</p>
      </Delayed>
    )
  }
  const current = tabs.find((tab) => tab.id === active)
  return (
    <Tabs.Root value={active ?? ''} onValueChange={go} activationMode="manual" className="flex h-full min-h-0 flex-col">
      <TerminalTabs
        workspace={workspace}
        tabs={tabs}
        onNew={openAndFocus}
        onClose={close}
        onEnter={() => (active === undefined ? undefined : terminalRegistry.find(active)?.focus())}
      >
        <TabMenu terminals={terminals} onClose={close} onShow={go} />
      </TerminalTabs>
      {missing === undefined ? null : <Unheld missing={missing} />}
      {list.isError ? <ListFailure error={list.error} onRetry={() => void list.refetch()} /> : null}
      {current === undefined ? (
        <EmptyState title={strings.terminals.empty} body={strings.terminals.emptyHint}>
          <Button variant="primary" data-focus-target onClick={openAndFocus}>
            {strings.terminals.openShell}
          </Button>
        </EmptyState>
      ) : (
        <Tabs.Content key={current.id} value={current.id} tabIndex={-1} className="min-h-0 flex-1">
          <TerminalStage
            worker={worker}
            workspace={workspace}
            tab={current}
            count={tabs.length}
            onRestart={() => void restart(current.id)}
          />
        </Tabs.Content>
      )}
      <LeaveHint />
      {question}
    </Tabs.Root>
  )
}

/** Closing asks first, unless the terminal has ended by itself. */
function useClosing(terminals: ReturnType<typeof useTerminals>) {
  const [asking, setAsking] = useState<string | undefined>(undefined)
  const close = (id: string): void => {
    const status = terminalRegistry.find(id)?.read().state.status
    if (status === 'exited' || status === 'failed') void terminals.end(id)
    else setAsking(id)
  }
  const asked = terminals.tabs.find((tab) => tab.id === asking)
  const question =
    asked === undefined ? null : (
      <CloseQuestion
        title={tabLabel(asked)}
        onCancel={() => setAsking(undefined)}
        onKeep={() => {
          setAsking(undefined)
          terminals.toBackground(asked.id)
        }}
        onEnd={() => {
          setAsking(undefined)
          void terminals.end(asked.id)
        }}
      />
    )
  return { close, question }
}

/** The keyboard follows to the terminal that a person asked for, as soon as it stands. */
function focusTab(): void {
  requestAnimationFrame(() => {
    const shown = document.querySelector<HTMLElement>('[data-terminal]')
    terminalRegistry.find(shown?.dataset['terminal'] ?? '')?.focus()
  })
}

/** Terminals look the same, and do not last as they do elsewhere: that is said before it matters. */
function Unheld({ missing }: { missing: string }) {
  return (
    <Notice strip kind="waiting" title={strings.terminals.unheld}>
      <p className="text-muted">{missing}</p>
    </Notice>
  )
}

function ListFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Notice
      strip
      kind="failed"
      title={strings.terminals.listFailed}
      actions={
        <Button size="small" onClick={onRetry}>
          {strings.common.tryNow}
        </Button>
      }
    >
      <p className="text-muted">{failureOf(error).message}</p>
    </Notice>
  )
}
