import type { ReactNode } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { FailureDetails } from '../../worker/failure-details.tsx'
import type { Worker } from '../../worker/workers.ts'
import { CreationSteps } from './creation-steps.tsx'

/** What can be done about a creation that failed. */
export type CreationRemedies = {
  onRetry: () => void
  /** Undefined where nothing runs that a terminal could be in. */
  onTerminal: (() => void) | undefined
  onChange: () => void
  onCancel: () => void
}

type FailureViewProps = {
  worker: Worker
  workspace: WorkspaceInfo
  /** Present where it is a creation that failed. */
  creation: CreationRemedies | undefined
  onStart: (() => void) | undefined
  onShowLog: () => void
  onDelete: () => void
  /** What else can be done about it, below what happened. */
  children?: ReactNode
}

/** What happened, why, what to do, and the details for whoever helps. */
export function FailureView(props: FailureViewProps) {
  const { worker, workspace, creation, onStart, onShowLog, onDelete } = props
  const { failure } = workspace
  const afterCreation = failure === undefined || failure.step === 'run'
  const title = afterCreation ? strings.creation.runFailedTitle : strings.creation.failedTitle
  return (
    <div className="mx-auto flex w-full max-w-168 flex-col gap-4 px-4 py-8">
      <Notice
        kind="failed"
        title={title(workspace.name)}
        actions={
          creation === undefined ? (
            <>
              {onStart === undefined ? null : (
                <Button variant="primary" onClick={onStart}>
                  {strings.workspace.start}
                </Button>
              )}
              <Button onClick={onShowLog}>{strings.creation.showLog}</Button>
              <Button onClick={onDelete}>{strings.workspace.delete}</Button>
            </>
          ) : (
            <CreationActions {...creation} onShowLog={onShowLog} />
          )
        }
      >
        <p className="break-words">{failure?.message ?? strings.workspace.unknownError}</p>
        {failure?.hint === undefined ? null : <p className="break-words text-muted">{failure.hint}</p>}
        <FailureDetails worker={worker} about={{ workspace }} />
      </Notice>
      {props.children}
      {workspace.steps === undefined ? null : (
        <div className="rounded-card border border-line bg-surface px-4 py-2">
          <CreationSteps worker={worker} steps={workspace.steps} />
        </div>
      )}
    </div>
  )
}

function CreationActions(props: CreationRemedies & { onShowLog: () => void }) {
  return (
    <>
      <Button variant="primary" onClick={props.onRetry}>
        {strings.creation.retry}
      </Button>
      {props.onTerminal === undefined ? null : (
        <Button onClick={props.onTerminal}>{strings.creation.openTerminal}</Button>
      )}
      <Button onClick={props.onShowLog}>{strings.creation.showLog}</Button>
      <Button onClick={props.onChange}>{strings.creation.changeAndCreate}</Button>
      <Button onClick={props.onCancel}>{strings.creation.cancel}</Button>
    </>
  )
}
