import type { WorkerSummary } from '../../../contract/desktop/worker.ts'
import { strings } from '../../strings/index.ts'
import { announce } from '../../ui/announcements.ts'
import { showToast } from '../../ui/toast-store.ts'

type AfterAdding = {
  worker: Pick<WorkerSummary, 'id' | 'label'>
  /** Whether the dialog is still in front of the person. */
  isWaitedFor: boolean
  openWorker: (worker: string) => void
}

/** Shows a worker that was added. Who has closed the dialog meanwhile stays where they are, and is told. */
export function afterAdding({ worker: { id, label }, isWaitedFor, openWorker }: AfterAdding): void {
  const added = strings.addWorker.added(label)
  if (isWaitedFor) {
    announce(added)
    openWorker(id)
    return
  }
  showToast({ kind: 'running', title: added, action: { label: strings.workers.open, run: () => openWorker(id) } })
}
