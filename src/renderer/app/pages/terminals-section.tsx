import type { ReactNode } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { LastScreens } from '../../features/terminals/last-screens.tsx'
import { ListFailure } from '../../features/terminals/list-failure.tsx'
import { TerminalsView } from '../../features/terminals/terminals-view.tsx'
import { useLastTerminals } from '../../features/terminals/use-terminals.ts'
import { cancelCreation } from '../../features/workspaces/actions.ts'
import { CreationView } from '../../features/workspaces/creation-view.tsx'
import { StoppedStrip, StoppedView } from '../../features/workspaces/stopped-view.tsx'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Delayed } from '../../ui/delayed.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Worker } from '../../worker/workers.ts'
import type { useWorkspaceActions } from '../workspace-menu.tsx'
import { FailedSection } from './failed-section.tsx'

type TerminalsSectionProps = {
  worker: Worker
  workspace: WorkspaceInfo
  actions: ReturnType<typeof useWorkspaceActions>
  onShowLog: () => void
}

function missingOf({ runtime }: WorkspaceInfo): string | undefined {
  return runtime?.status === 'unsupported' ? runtime.message : undefined
}

/** Terminals where there are some; else what stands in their way, and what can be done about it. */
export function TerminalsSection(props: TerminalsSectionProps) {
  const { worker, workspace, actions, onShowLog } = props
  switch (workspace.status) {
    case 'creating': {
      const cancel = (): void => void cancelCreation(worker, workspace.name, () => actions.remove?.())
      return <CreationView worker={worker} workspace={workspace} onShowLog={onShowLog} onCancel={cancel} />
    }
    case 'running':
      return <RunningSection worker={worker} workspace={workspace} onShowLog={onShowLog} />
    case 'stopped':
      return <StoppedSection worker={worker} workspace={workspace} onStart={actions.start} />
    case 'error':
      return <FailedSection {...props} />
  }
}

/** Its terminals, and above them what went wrong at its start and does not keep it from running. */
function RunningSection({ worker, workspace, onShowLog }: Omit<TerminalsSectionProps, 'actions'>) {
  const { name, warning } = workspace
  return (
    <div className="flex h-full flex-col">
      {warning === undefined ? null : (
        <Notice
          strip
          kind="waiting"
          title={`${strings.creation.startWarning(name)}. ${warning.message}`}
          actions={
            <Button size="small" onClick={onShowLog}>
              {strings.creation.showLog}
            </Button>
          }
        />
      )}
      <div className="min-h-0 flex-1">
        <TerminalsView worker={worker} workspace={name} missing={missingOf(workspace)} />
      </div>
    </div>
  )
}

type StoppedSectionProps = { worker: Worker; workspace: WorkspaceInfo; onStart: (() => void) | undefined }

/** What the terminals showed last stays to be read, where there were some. */
function StoppedSection({ worker, workspace, onStart }: StoppedSectionProps) {
  const { list, isReady, terminals } = useLastTerminals(worker, workspace)
  const hasNone = terminals.count === 0
  return (
    <div className="flex h-full flex-col">
      {hasNone ? null : <StoppedStrip workspace={workspace} onStart={onStart} />}
      {list.isError ? (
        <ListFailure
          title={strings.terminals.lastScreensFailed}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : null}
      <div className="min-h-0 flex-1">
        {hasNone ? (
          <Settled isReady={isReady}>
            <StoppedView workspace={workspace} onStart={onStart} />
          </Settled>
        ) : (
          <LastScreens worker={worker} workspace={workspace.name} terminals={terminals} />
        )}
      </div>
    </div>
  )
}

/** Most have something to show, and are known to a moment later. */
function Settled({ isReady, children }: { isReady: boolean; children: ReactNode }) {
  return isReady ? children : <Delayed>{children}</Delayed>
}
