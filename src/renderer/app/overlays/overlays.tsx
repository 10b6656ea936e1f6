import { useLocation } from 'react-router'
import { CreateDialog } from '../../features/workspaces/create-dialog.tsx'
import { DeleteDialog } from '../../features/workspaces/delete-dialog.tsx'
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
    case 'delete': {
      const worker = workers.find((entry) => entry.worker.id === overlay.worker)?.worker
      return worker === undefined ? null : <DeleteDialog worker={worker} name={overlay.workspace} onClose={close} />
    }
  }
}

/** The dialog of `/new`, on the worker that is looked at, as soon as that worker can be asked. */
function Create() {
  const workers = useWorkerList()
  const route = useWorkspaceRoute()
  const listed = workers.find(({ worker }) => worker.id === route?.worker) ?? workers[0]
  return listed?.workspaces === undefined ? null : <CreateOn worker={listed.worker} />
}

function CreateOn({ worker }: { worker: Worker }) {
  const location = useLocation()
  const { leaveCreate } = useNavigation()
  const openCreated = useOpenCreated(worker)
  return <CreateDialog worker={worker} name={suggestedNameOf(location)} onCreated={openCreated} onClose={leaveCreate} />
}
