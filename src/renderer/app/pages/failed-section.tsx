import { useState } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { KeyChooser } from '../../features/settings/key-chooser.tsx'
import { TerminalsView } from '../../features/terminals/terminals-view.tsx'
import { cancelCreation, retryCreation } from '../../features/workspaces/actions.ts'
import { type CreationRemedies, FailureView } from '../../features/workspaces/failure-view.tsx'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Worker } from '../../worker/workers.ts'
import { useNavigation } from '../navigation.ts'
import type { useWorkspaceActions } from '../workspace-menu.tsx'

type FailedSectionProps = {
  worker: Worker
  workspace: WorkspaceInfo
  actions: ReturnType<typeof useWorkspaceActions>
  onShowLog: () => void
}

/** What failed and what can be done; where the container of a failed creation runs, terminals to mend it in. */
export function FailedSection({ worker, workspace, actions, onShowLog }: FailedSectionProps) {
  const { runtime } = workspace
  const { openWorkerSettings } = useNavigation()
  const [inTerminal, setInTerminal] = useState(false)
  const creation = useRemedies({ worker, workspace, actions }, () => setInTerminal(true))
  if (creation?.onTerminal !== undefined && inTerminal) {
    return (
      <div className="flex h-full flex-col">
        <Notice
          strip
          kind="failed"
          title={workspace.failure?.message ?? ''}
          actions={
            <>
              <Button size="small" onClick={creation.onRetry}>
                {strings.creation.retry}
              </Button>
              <Button size="small" onClick={() => setInTerminal(false)}>
                {strings.creation.backToFailure}
              </Button>
            </>
          }
        />
        <div className="min-h-0 flex-1">
          <TerminalsView
            worker={worker}
            workspace={workspace.name}
            missing={runtime?.status === 'unsupported' ? runtime.message : undefined}
          />
        </div>
      </div>
    )
  }
  return (
    <FailureView
      worker={worker}
      workspace={workspace}
      creation={creation}
      onStart={actions.start}
      onShowLog={onShowLog}
      onDelete={() => actions.remove?.()}
    >
      {creation !== undefined && workspace.failure?.reason === 'authentication' ? (
        <KeyChooser
          worker={worker}
          onGiven={creation.onRetry}
          onAllCredentials={() => openWorkerSettings('credentials', worker.id)}
        />
      ) : null}
    </FailureView>
  )
}

function useRemedies(
  { worker, workspace, actions }: Pick<FailedSectionProps, 'worker' | 'workspace' | 'actions'>,
  onTerminal: () => void,
): CreationRemedies | undefined {
  const { openCreateAnew } = useNavigation()
  const { name, failure, steps = [], runtime } = workspace
  const isCreation = failure !== undefined && failure.step !== 'run' && steps.some(({ state }) => state === 'failed')
  if (!isCreation || actions.start === undefined) return undefined
  const cancel = (): Promise<boolean> => cancelCreation(worker, name, () => actions.remove?.())
  return {
    onRetry: () => void retryCreation(worker, name),
    onTerminal: runtime === undefined ? undefined : onTerminal,
    onCancel: () => void cancel(),
    onChange: () => {
      void cancel().then((isGone) => (isGone ? openCreateAnew(name) : undefined))
    },
  }
}
