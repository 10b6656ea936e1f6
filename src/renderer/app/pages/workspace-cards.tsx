import { Plus } from 'lucide-react'
import type { WorkspaceInfo } from '../../../contract/agent/workspace.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { MiddleTruncate } from '../../ui/truncate.tsx'
import { phaseOf } from '../../worker/phase.ts'
import { isStale } from '../../worker/standing.ts'
import { useStanding, type Worker } from '../../worker/workers.ts'
import { useNavigation } from '../navigation.ts'

/** As many as a page holds without scrolling far; the sidebar has them all. */
const SHOWN = 24

/** The workspaces of a worker to choose from. */
export function WorkspaceCards({ worker, workspaces }: { worker: Worker; workspaces: readonly WorkspaceInfo[] }) {
  const { openWorkspace, openCreate } = useNavigation()
  const stale = isStale(useStanding(worker))
  return (
    <div className="mx-auto flex w-full max-w-240 flex-col gap-6 px-4 py-8">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="text-page font-strong">
            {strings.shell.home}
          </h1>
          <p className="text-muted">{strings.shell.chooseWorkspace}</p>
        </div>
        <Button variant="primary" data-focus-target onClick={() => openCreate()}>
          <Plus size={16} aria-hidden />
          {strings.shell.newWorkspace}
        </Button>
      </header>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,240px),1fr))] gap-3">
        {workspaces.slice(0, SHOWN).map((workspace) => {
          const phase = phaseOf(workspace, stale)
          return (
            <li key={workspace.id}>
              <button
                type="button"
                onClick={() => openWorkspace(worker.id, workspace.name)}
                className="flex w-full flex-col gap-2 rounded-card border border-line bg-surface p-4 text-left hover:bg-hover"
              >
                <MiddleTruncate text={workspace.name} className="w-full text-section font-strong" />
                <span className="flex items-center gap-2 text-muted">
                  <StatusIcon kind={phase.kind} label={null} percent={phase.percent} />
                  {phase.word}
                  {phase.detail === '' ? null : <span>{phase.detail}</span>}
                  <span className="ml-auto">{workspace.template}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
