import { useState } from 'react'
import { useLocation } from 'react-router'
import { CreateDialog } from '../../features/workspaces/create-dialog.tsx'
import { DeleteDialog } from '../../features/workspaces/delete-dialog.tsx'
import { StopDialog } from '../../features/workspaces/stop-dialog.tsx'
import type { Worker } from '../../worker/workers.ts'
import { suggestedNameOf } from '../background.ts'
import { useNavigation, useWorkspaceRoute } from '../navigation.ts'
import { NEW_PATH } from '../paths.ts'
import { useOpenCreated } from '../use-open-created.ts'
import { useWorkerList } from '../worker-list.ts'
import { LeaderPanel } from './leader-panel.tsx'
import { useOverlay } from './overlay.ts'
import { Palette } from './palette.tsx'
import { Shortcuts } from './shortcuts.tsx'

/** What lies over the page now. */
export function Overlays() {
  const { pathname } = useLocation()
  const { overlay, close } = useOverlay()
  const workers = useWorkerList()
  if (pathname === NEW_PATH) return <Create />
  switch (overlay?.kind) {
    case undefined:
      return null
    case 'palette':
      return <Palette prefix={overlay.prefix} />
    case 'leader':
      return <LeaderPanel />
    case 'shortcuts':
      return <Shortcuts />
    case 'stop':
    case 'delete': {
      const worker = workers.find((entry) => entry.worker.id === overlay.worker)?.worker
      const About = overlay.kind === 'stop' ? StopDialog : DeleteDialog
      return worker === undefined ? null : <About worker={worker} name={overlay.workspace} onClose={close} />
    }
  }
}

/** The dialog of `/new`, on the worker that is looked at, as soon as that worker can be asked. */
function Create() {
  const workers = useWorkerList()
  const route = useWorkspaceRoute()
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const wanted = chosen ?? route?.worker
  const listed = workers.find(({ worker }) => worker.id === wanted) ?? workers[0]
  if (listed?.workspaces === undefined) return null
  return <CreateOn worker={listed.worker} onWorker={({ id }) => setChosen(id)} />
}

function CreateOn({ worker, onWorker }: { worker: Worker; onWorker: (worker: Worker) => void }) {
  const workers = useWorkerList().map((listed) => listed.worker)
  const location = useLocation()
  const { leaveCreate } = useNavigation()
  const openCreated = useOpenCreated(worker)
  return (
    <CreateDialog
      worker={worker}
      workers={workers}
      onWorker={onWorker}
      name={suggestedNameOf(location)}
      onCreated={openCreated}
      onClose={leaveCreate}
    />
  )
}
