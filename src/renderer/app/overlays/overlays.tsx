import { useLocation } from 'react-router'
import { DeleteDialog } from '../../features/workspaces/delete-dialog.tsx'
import { StopDialog } from '../../features/workspaces/stop-dialog.tsx'
import { usePlatform } from '../../platform/context.ts'
import { ADD_WORKER_PATH, NEW_PATH } from '../paths.ts'
import { useWorkerList } from '../worker-list.ts'
import { AddWorkerOverlay } from './add-worker-overlay.tsx'
import { CreateOverlay } from './create-overlay.tsx'
import { LeaderPanel } from './leader-panel.tsx'
import { useOverlay } from './overlay.ts'
import { Palette } from './palette.tsx'
import { Shortcuts } from './shortcuts.tsx'

/** What lies over the page now. */
export function Overlays() {
  const { pathname } = useLocation()
  const { registry } = usePlatform()
  const { overlay, close } = useOverlay()
  const workers = useWorkerList()
  if (pathname === NEW_PATH) return <CreateOverlay />
  if (pathname === ADD_WORKER_PATH) return registry === undefined ? null : <AddWorkerOverlay registry={registry} />
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
