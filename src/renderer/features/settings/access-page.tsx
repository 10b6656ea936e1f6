import { strings } from '../../strings/index.ts'
import { useCan, useWorkerInfo, type Worker } from '../../worker/workers.ts'
import { AuditCard } from './audit-card.tsx'
import { ClientsCard } from './clients-card.tsx'
import { PairCard } from './pair-card.tsx'
import { TokenCard } from './token-card.tsx'
import { useClients } from './use-clients.ts'
import { WorkerPage } from './worker-page.tsx'

/** Who may use a worker, and the way in for others. For those who administer it alone: others are told so. */
export function AccessPage({ worker }: { worker: Worker }) {
  const clients = useClients(worker)
  // Nobody else reaches the app's own agent: a token for it would lead nowhere.
  const isReachable = useWorkerInfo(worker).data?.isPairable !== false
  const hasTokens = useCan(worker, 'clients.addToken') && isReachable
  const hasAudit = useCan(worker, 'audit.list')
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
          {hasTokens ? <TokenCard worker={worker} addToken={clients.addToken} /> : null}
          {hasAudit ? <AuditCard worker={worker} /> : null}
        </>
      )}
    </WorkerPage>
  )
}
