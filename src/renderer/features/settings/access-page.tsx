import { strings } from '../../strings/index.ts'
import type { Worker } from '../../worker/workers.ts'
import { ClientsCard } from './clients-card.tsx'
import { PairCard } from './pair-card.tsx'
import { useClients } from './use-clients.ts'
import { WorkerPage } from './worker-page.tsx'

/** Who may use a worker, and the way in for others. For those who administer it alone: others are told so. */
export function AccessPage({ worker }: { worker: Worker }) {
  const clients = useClients(worker)
  return (
    <WorkerPage
      worker={worker}
      title={strings.access.title}
      stored={strings.access.stored(worker.label)}
      query={clients.query}
    >
      {(paired) => (
        <>
          <ClientsCard worker={worker} paired={paired} revoke={clients.revoke} />
          <PairCard worker={worker} clients={clients} />
        </>
      )}
    </WorkerPage>
  )
}
