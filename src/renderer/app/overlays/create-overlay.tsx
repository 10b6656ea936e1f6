import { useState } from 'react'
import { useLocation } from 'react-router'
import { CreateDialog } from '../../features/workspaces/create-dialog.tsx'
import { lastCreatedOn } from '../../features/workspaces/remembered.ts'
import { pageStorage } from '../../platform/page-storage.ts'
import { standingOf } from '../../worker/standing.ts'
import type { Worker } from '../../worker/workers.ts'
import { suggestionsOf } from '../background.ts'
import { useBackground, useNavigation } from '../navigation.ts'
import { parseWorkerPath } from '../paths.ts'
import { useCurrentWorker } from '../switching/where.ts'
import { useOpenCreated } from '../use-open-created.ts'
import { type ListedWorker, useWorkerList } from '../worker-list.ts'

/** The dialog of `/new`, as soon as a worker can be asked; what becomes of that worker then does not change what is typed. */
export function CreateOverlay() {
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const workers = useWorkerList()
  const fitting = useFittingWorker()
  const listed = chosen === undefined ? fitting : workers.find(({ worker }) => worker.id === chosen)
  if (chosen === undefined && listed !== undefined) setChosen(listed.worker.id)
  return listed === undefined ? null : <CreateOn worker={listed.worker} onWorker={(worker) => setChosen(worker.id)} />
}

/**
 * Where a workspace is made that nobody chose a worker for: where its asker said, else on the worker of the page, else where one was
 * made last. One that does not answer gives way to the first that does.
 */
function useFittingWorker(): ListedWorker | undefined {
  const known = useWorkerList().filter(({ workspaces }) => workspaces !== undefined)
  const { worker: wanted } = suggestionsOf(useLocation())
  const page = useBackground()
  const current = useCurrentWorker()
  const [last] = useState(() => lastCreatedOn(pageStorage))
  const live = known.filter(({ worker }) => isLive(worker))
  for (const id of [wanted, page && parseWorkerPath(page.pathname), last, current?.id]) {
    const found = live.find(({ worker }) => worker.id === id)
    if (found !== undefined) return found
  }
  return live[0] ?? known[0]
}

const isLive = ({ summary, client }: Worker): boolean => standingOf(summary, client.connection).status === 'live'

function CreateOn({ worker, onWorker }: { worker: Worker; onWorker: (worker: Worker) => void }) {
  const workers = useWorkerList().map((listed) => listed.worker)
  const { name } = suggestionsOf(useLocation())
  const { leaveDialog } = useNavigation()
  const openCreated = useOpenCreated(worker)
  return (
    <CreateDialog
      worker={worker}
      workers={workers}
      onWorker={onWorker}
      name={name}
      onCreated={openCreated}
      onClose={leaveDialog}
    />
  )
}
