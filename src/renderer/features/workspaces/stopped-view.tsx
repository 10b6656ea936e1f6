import { Play } from 'lucide-react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { phaseOf } from '../../worker/phase.ts'

/** In place of terminals while the workspace does not run. */
export function StoppedView({ workspace, onStart }: { workspace: WorkspaceInfo; onStart: (() => void) | undefined }) {
  const phase = phaseOf(workspace)
  const title = phase.busy ? `${phase.word}…` : strings.terminals.notRunning(workspace.name)
  return (
    <EmptyState
      icon={<StatusIcon kind={phase.kind} label={null} />}
      title={title}
      body={strings.terminals.notRunningBody}
    >
      <Button variant="primary" unavailable={onStart === undefined} onClick={onStart}>
        <Play size={16} aria-hidden />
        {strings.workspace.start}
      </Button>
    </EmptyState>
  )
}
