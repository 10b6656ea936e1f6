import { Play } from 'lucide-react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { type Phase, phaseOf } from '../../worker/phase.ts'

type StoppedProps = { workspace: WorkspaceInfo; onStart: (() => void) | undefined }

/** In place of terminals while the workspace does not run. */
export function StoppedView({ workspace, onStart }: StoppedProps) {
  const { phase, title } = saying(workspace)
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

/** The same in one line, above what the terminals showed last. */
export function StoppedStrip({ workspace, onStart }: StoppedProps) {
  const { phase, title } = saying(workspace)
  return (
    <Notice
      strip
      kind={phase.kind}
      title={title}
      actions={
        <Button size="small" variant="primary" unavailable={onStart === undefined} onClick={onStart}>
          <Play size={14} aria-hidden />
          {strings.workspace.start}
        </Button>
      }
    >
      <p className="text-muted">{strings.terminals.lastScreens}</p>
    </Notice>
  )
}

function saying(workspace: WorkspaceInfo): { phase: Phase; title: string } {
  const phase = phaseOf(workspace)
  return { phase, title: phase.busy ? `${phase.word}…` : strings.terminals.notRunning(workspace.name) }
}
