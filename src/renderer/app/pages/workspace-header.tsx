import { Ellipsis, Hourglass, Play, RotateCw, Square, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { MenuRoot, MenuTrigger } from '../../ui/menu.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import { lifeInWords } from '../../worker/life.ts'
import { phaseOf } from '../../worker/phase.ts'
import { useWorkerNow } from '../../worker/use-now.ts'
import type { Worker } from '../../worker/workers.ts'
import { type useWorkspaceActions, WorkspaceMenu } from '../workspace-menu.tsx'

const LEFT_EVERY_MS = 15_000

type WorkspaceHeaderProps = {
  worker: Worker
  workspace: WorkspaceInfo
  actions: ReturnType<typeof useWorkspaceActions>
  isReachable: boolean
}

/** The workspace by name, state and worker, and what can be done with it. */
export function WorkspaceHeader({ worker, workspace, actions, isReachable }: WorkspaceHeaderProps) {
  const phase = phaseOf(workspace, !isReachable)
  const isRunning = workspace.status === 'running'
  const primary = isRunning
    ? { label: strings.workspace.stop, run: actions.stop, icon: <Square size={14} aria-hidden /> }
    : { label: strings.workspace.start, run: actions.start, icon: <Play size={14} aria-hidden /> }
  const place = workspace.title === undefined ? worker.label : strings.workspace.titleOn(workspace.title, worker.label)
  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 bg-surface px-4 py-2">
      <h1 tabIndex={-1} className="flex min-w-0 max-w-full">
        <MiddleTruncate text={workspace.name} className="text-page font-strong" />
      </h1>
      <p className="flex items-center gap-1.5 whitespace-nowrap text-muted" role="status">
        <StatusIcon kind={phase.kind} label={null} percent={phase.percent} />
        {phase.word}
        {phase.detail === '' ? null : <span className="max-narrow:hidden">{phase.detail}</span>}
      </p>
      <p className="min-w-0 flex-1 truncate text-muted max-narrow:hidden" title={place}>
        {place}
      </p>
      <Life worker={worker} workspace={workspace} />
      <div className="ml-auto flex gap-2">
        <HeaderAction {...primary} />
        <HeaderAction
          label={strings.workspace.restart}
          run={actions.restart}
          icon={<RotateCw size={14} aria-hidden />}
        />
        <HeaderAction label={strings.workspace.delete} run={actions.remove} icon={<Trash2 size={14} aria-hidden />} />
        <MenuRoot>
          <MenuTrigger asChild>
            <Button size="icon" aria-label={strings.workspace.more} title={strings.workspace.more}>
              <Ellipsis size={16} aria-hidden />
            </Button>
          </MenuTrigger>
          <WorkspaceMenu worker={worker} workspace={workspace} isReachable={isReachable} />
        </MenuRoot>
      </div>
    </div>
  )
}

/** What will become of it by itself. */
function Life({ worker, workspace }: Pick<WorkspaceHeaderProps, 'worker' | 'workspace'>) {
  const now = useWorkerNow(worker, workspace.expiresAt === undefined ? undefined : LEFT_EVERY_MS)
  const words = lifeInWords(workspace, now)
  if (words.length === 0) return null
  return (
    <ul aria-label={strings.life.title} className="flex flex-wrap gap-x-3 text-meta text-muted">
      {words.map((sentence) => (
        <li key={sentence} className="flex items-center gap-1">
          <Hourglass size={12} aria-hidden />
          {sentence}
        </li>
      ))}
    </ul>
  )
}

/** Stays in place and in reach of the keyboard also while it cannot be used. */
function HeaderAction({ label, icon, run }: { label: string; icon: ReactNode; run: (() => void) | undefined }) {
  return (
    <Button unavailable={run === undefined} onClick={() => run?.()} title={label}>
      {icon}
      <span className="max-wide:sr-only">{label}</span>
    </Button>
  )
}
