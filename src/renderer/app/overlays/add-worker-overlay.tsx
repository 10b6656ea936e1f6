import { useLocation } from 'react-router'
import { AddWorkerDialog } from '../../features/add-worker/add-worker-dialog.tsx'
import type { WorkerRegistry } from '../../platform/platform.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { requestOf } from '../background.ts'
import { useNavigation } from '../navigation.ts'

/** The dialog of `/add-worker`; each link that asks for it begins a form of its own. */
export function AddWorkerOverlay({ registry }: { registry: WorkerRegistry }) {
  const location = useLocation()
  const { openWorker, leaveDialog } = useNavigation()
  return (
    <AddWorkerDialog
      key={location.key}
      registry={registry}
      request={requestOf(location)}
      onAdded={({ id, label }) => {
        announce(strings.addWorker.added(label))
        openWorker(id)
      }}
      onOpen={openWorker}
      onClose={leaveDialog}
    />
  )
}
