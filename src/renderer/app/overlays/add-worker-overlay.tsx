import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { AddWorkerDialog } from '../../features/add-worker/add-worker-dialog.tsx'
import type { WorkerRegistry } from '../../platform/platform.ts'
import { requestOf } from '../background.ts'
import { useNavigation } from '../navigation.ts'
import { afterAdding } from './after-adding.ts'

/** The dialog of `/add-worker`; each link that asks for it begins a form of its own. */
export function AddWorkerOverlay({ registry }: { registry: WorkerRegistry }) {
  const location = useLocation()
  const { openWorker, leaveDialog } = useNavigation()
  const shown = useRef<string>(undefined)
  useEffect(() => {
    shown.current = location.key
    return () => {
      shown.current = undefined
    }
  }, [location.key])
  return (
    <AddWorkerDialog
      key={location.key}
      registry={registry}
      request={requestOf(location)}
      onAdded={(worker) => afterAdding({ worker, isWaitedFor: shown.current === location.key, openWorker })}
      onOpen={openWorker}
      onClose={leaveDialog}
    />
  )
}
