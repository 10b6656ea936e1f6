import { X } from 'lucide-react'
import { useEffect } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { phaseOf } from '../../worker/phase.ts'
import { useWorkspaces } from '../../worker/workers.ts'
import { type KeptCreation, keptInView, useKeptInView } from './kept-in-view.ts'

type CreationDockProps = {
  /** What is looked at now: its steps are on the page. */
  shown: KeptCreation | undefined
  onOpen: (target: KeptCreation) => void
}

/** The creations that are kept in view, wherever one is: each with its step, until it has ended. */
export function CreationDock({ shown, onOpen }: CreationDockProps) {
  const kept = useKeptInView().filter(
    ({ worker, workspace }) => worker !== shown?.worker || workspace !== shown.workspace,
  )
  if (kept.length === 0) return null
  return (
    <ul
      aria-label={strings.creation.kept}
      className="flex shrink-0 flex-wrap gap-x-4 border-t border-line bg-surface px-2 py-1"
    >
      {kept.map((target) => (
        <Kept key={`${target.worker}/${target.workspace}`} target={target} onOpen={() => onOpen(target)} />
      ))}
    </ul>
  )
}

function Kept({ target, onOpen }: { target: KeptCreation; onOpen: () => void }) {
  const { data } = useWorkspaces({ id: target.worker })
  const workspace = data?.find((row) => row.name === target.workspace)
  const hasEnded = data !== undefined && workspace?.status !== 'creating'
  useEffect(() => {
    // What became of it is told by a toast and by its row.
    if (hasEnded) keptInView.drop(target)
  }, [hasEnded, target])
  return workspace === undefined || hasEnded ? null : <Progress workspace={workspace} target={target} onOpen={onOpen} />
}

function Progress(props: { workspace: WorkspaceInfo; target: KeptCreation; onOpen: () => void }) {
  const { workspace, target, onOpen } = props
  const phase = phaseOf(workspace)
  const step = workspace.steps?.find(({ state }) => state === 'running')
  return (
    <li className="flex min-w-0 items-center gap-1">
      <button
        type="button"
        onClick={onOpen}
        className="flex min-h-6 min-w-0 items-center gap-2 rounded-control px-2 hover:bg-hover focus-inset touch-target"
      >
        <StatusIcon kind={phase.kind} label={phase.word} percent={phase.percent} />
        <span className="font-strong">{workspace.name}</span>
        <span className="truncate text-muted">{step === undefined ? '' : strings.creation.step[step.name]}</span>
        <span className="text-muted">{phase.detail}</span>
      </button>
      <IconButton
        size="tiny"
        label={strings.creation.letGoOf(workspace.name)}
        icon={<X size={14} aria-hidden />}
        onClick={() => keptInView.drop(target)}
      />
    </li>
  )
}
