import type { ReactNode } from 'react'
import { useCommandCenter } from '../commands/context.ts'
import { strings } from '../strings/index.ts'
import { StatusIcon } from '../ui/status-icon.tsx'
import { phaseOf } from '../worker/phase.ts'
import { isStale } from '../worker/standing.ts'
import { useNow } from '../worker/use-now.ts'
import { useRetryNow, useStanding, useWorkerInfo, type Worker } from '../worker/workers.ts'
import { linkStateOf } from './link-state.ts'
import { useNavigation, useWorkspaceRoute } from './navigation.ts'
import { useOverlay } from './overlays/overlay.ts'
import { useCurrentWorker } from './switching/where.ts'
import { useWorkerList } from './worker-list.ts'

const AGE_EVERY_MS = 60_000

/** The state of what is looked at, in one line. Every part is a button. */
export function StatusBar() {
  const route = useWorkspaceRoute()
  const overlay = useOverlay()
  const worker = useCurrentWorker()
  return (
    <footer
      data-region
      className="flex min-h-6 shrink-0 items-stretch overflow-hidden border-t border-line bg-surface text-meta text-muted"
    >
      {worker === undefined ? null : <WorkerPart worker={worker} />}
      {worker === undefined || route === undefined ? null : <WorkspacePart worker={worker} name={route.workspace} />}
      <span className="ml-auto flex">
        {worker === undefined ? null : <VersionPart worker={worker} />}
        <span className="flex max-narrow:hidden">
          <Part onClick={() => overlay.open({ kind: 'shortcuts' })}>{strings.commands.title.shortcuts}</Part>
        </span>
      </span>
    </footer>
  )
}

function WorkerPart({ worker }: { worker: Worker }) {
  const standing = useStanding(worker)
  const { openWorker } = useNavigation()
  const retryNow = useRetryNow(worker)
  const { kind, word } = linkStateOf(standing, useNow(standing.status === 'away' ? AGE_EVERY_MS : undefined))
  const act = standing.status === 'away' ? retryNow : () => openWorker(worker.id)
  return (
    <Part onClick={act}>
      <StatusIcon kind={kind} label={null} />
      <span className="max-w-40 truncate">{worker.label}</span>
      <span>{word}</span>
    </Part>
  )
}

function WorkspacePart({ worker, name }: { worker: Worker; name: string }) {
  const stale = isStale(useStanding(worker))
  const { openWorkspace } = useNavigation()
  const center = useCommandCenter()
  const workspace = useWorkerList()
    .find((entry) => entry.worker.id === worker.id)
    ?.workspaces?.find((row) => row.name === name)
  if (workspace === undefined) return null
  const { kind, word, percent } = phaseOf(workspace, stale)
  const act = (): void => {
    openWorkspace(worker.id, name)
    center.handlerOf('focus-terminal')?.run()
  }
  return (
    <Part onClick={act}>
      <StatusIcon kind={kind} label={null} percent={percent} />
      <span className="max-w-40 truncate">{name}</span>
      <span>{word}</span>
    </Part>
  )
}

function VersionPart({ worker }: { worker: Worker }) {
  const { data: info } = useWorkerInfo(worker)
  return info === undefined ? null : (
    <span className="flex items-center px-2 max-narrow:hidden">{strings.shell.version(info.version)}</span>
  )
}

function Part({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-6 items-center gap-1.5 px-2 whitespace-nowrap hover:bg-hover hover:text-fg focus-inset touch-target"
    >
      {children}
    </button>
  )
}
