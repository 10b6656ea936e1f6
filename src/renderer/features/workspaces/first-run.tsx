import { type ReactNode, useState } from 'react'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { formatBytes } from '../../worker/format.ts'
import { useWorkerInfo, useWorkspaces, type Worker } from '../../worker/workers.ts'
import { suggestName } from './name-suggestion.ts'
import { useCreate } from './use-create.ts'

type FirstRunProps = {
  worker: Worker
  onCreated: (name: string) => void
  onOptions: () => void
  /** What else is offered before the first workspace. */
  children?: ReactNode
}

/** A worker without workspaces: one press makes one, under a name that is found for it. */
export function FirstRun({ worker, onCreated, onOptions, children }: FirstRunProps) {
  const { data: info } = useWorkerInfo(worker)
  const { data: workspaces } = useWorkspaces(worker)
  const { state, submit } = useCreate(worker, onCreated)
  const [name] = useState(() => suggestName(new Set(workspaces?.map((workspace) => workspace.name)), Math.random))
  const sending = state.status === 'sending'
  const engine = info?.engine
  return (
    <div className="mx-auto flex w-full max-w-160 flex-col gap-6 px-4 pt-[12vh] pb-8">
      {engine?.version === undefined ? null : (
        <p className="flex items-center gap-2 text-muted">
          <StatusIcon kind="running" label={null} />
          {strings.engine.readyTitle(engine.version)}
          {engine.cpus === undefined || engine.memoryBytes === undefined
            ? null
            : ` · ${strings.engine.capacity(engine.cpus, formatBytes(engine.memoryBytes))}`}
        </p>
      )}
      <div className="flex flex-col gap-2">
        <h1 tabIndex={-1} className="text-hero font-strong">
          {strings.create.firstTitle}
        </h1>
        <p className="max-w-130 text-section text-muted">{strings.create.firstBody}</p>
      </div>
      {state.status === 'refused' ? (
        <div role="alert">
          <Notice kind="failed" title={strings.create.refused}>
            <p>{state.failure.message}</p>
            {state.failure.hint === undefined ? null : <p className="text-muted">{state.failure.hint}</p>}
          </Notice>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-3">
        <Button
          variant="primary"
          size="large"
          aria-busy={sending}
          unavailable={sending}
          onClick={() => void submit({ name })}
        >
          {sending ? strings.create.creating : strings.create.firstButton}
        </Button>
        <Button size="large" onClick={onOptions}>
          {strings.create.withOptions}
        </Button>
      </div>
      {children}
    </div>
  )
}
