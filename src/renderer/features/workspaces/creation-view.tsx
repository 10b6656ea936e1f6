import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { usePlatform } from '../../platform/context.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { formatDuration } from '../../worker/format.ts'
import type { Worker } from '../../worker/workers.ts'
import { CreationSteps } from './creation-steps.tsx'
import { keptInView, useIsKept } from './kept-in-view.ts'
import { useUsual } from './use-usual.ts'

type CreationViewProps = {
  worker: Worker
  workspace: WorkspaceInfo
  onShowLog: () => void
  onCancel: () => void
}

/** A creation under way. It belongs to the worker: where that outlives the window, closing it changes nothing. */
export function CreationView({ worker, workspace, onShowLog, onCancel }: CreationViewProps) {
  const { caps } = usePlatform()
  const target = { worker: worker.id, workspace: workspace.name }
  const isKept = useIsKept(target)
  const { usual, isSlow } = useUsual(worker, workspace)
  const stays = caps.workerOutlivesWindow ? strings.creation.safe : strings.creation.keepOpen
  return (
    <section
      aria-label={strings.creation.title(workspace.name, worker.label)}
      className="mx-auto my-8 flex w-[min(560px,calc(100%-32px))] flex-col gap-4 rounded-card border border-line bg-surface p-6"
    >
      <h2 className="text-section font-strong">{strings.creation.title(workspace.name, worker.label)}</h2>
      <CreationSteps worker={worker} steps={workspace.steps ?? []} />
      <p className="text-muted">
        {usual === undefined ? stays : strings.creation.usually(formatDuration(usual), stays)}
      </p>
      {isSlow ? <p role="status">{strings.creation.slow}</p> : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onShowLog}>{strings.creation.showLog}</Button>
        <Button onClick={onCancel}>{strings.creation.cancel}</Button>
        <Button onClick={() => keptInView.toggle(target)}>
          {isKept ? strings.creation.letGo : strings.creation.keepInView}
        </Button>
      </div>
    </section>
  )
}
