import type { ReactNode } from 'react'
import type { Credentials, SecretStoreInfo } from '../../../contract/agent/config.ts'
import { strings } from '../../strings/index.ts'
import { Notice } from '../../ui/notice.tsx'
import { useConnection, type Worker } from '../../worker/workers.ts'
import { FilesCard } from './files-card.tsx'
import { LoginsCard } from './logins-card.tsx'
import { useCredentials } from './use-config.ts'
import { VariablesCard } from './variables-card.tsx'
import { WorkerPage } from './worker-page.tsx'

type CredentialsPageProps = {
  worker: Worker
  /** Where secrets rest and what is to be done about that, where the shell knows it better than the worker. */
  keptBy?: ReactNode
}

/** What every workspace of a worker receives: variables, files and folders. */
export function CredentialsPage({ worker, keptBy }: CredentialsPageProps) {
  const { query, update } = useCredentials(worker)
  const isLive = useConnection(worker.client).status === 'live'
  const unavailable = isLive ? undefined : strings.settings.connectToChange
  const { config } = worker.client.api
  return (
    <WorkerPage
      worker={worker}
      title={strings.settings.credentials}
      stored={storedAt(worker.label, query.data)}
      query={query}
    >
      {(credentials) => (
        <>
          {keptBy ?? <StoreNotice store={credentials.store} />}
          <VariablesCard
            worker={worker}
            title={strings.settings.variables}
            help={strings.settings.variablesHelp}
            empty={strings.settings.variablesEmpty}
            variables={credentials.env}
            noteOf={(name) => (credentials.origins[name] === 'config' ? strings.settings.inConfig : undefined)}
            unavailable={unavailable}
            reveal={async (name) => (await config.credentials.reveal({ name })).value}
            update={(env) => update({ env })}
          />
          <LoginsCard worker={worker} />
          <FilesCard worker={worker} credentials={credentials} unavailable={unavailable} update={update} />
        </>
      )}
    </WorkerPage>
  )
}

function storedAt(worker: string, credentials: Credentials | undefined): string {
  return credentials === undefined ? worker : strings.settings.storedIn[credentials.store.kind](worker)
}

/** Whether what is entered lasts. */
function StoreNotice({ store }: { store: SecretStoreInfo }) {
  if (store.state === 'ready' && store.message === undefined) return null
  return (
    <Notice kind="waiting" title={store.message ?? strings.settings.unsaved}>
      {store.hint === undefined ? null : <p className="text-muted">{store.hint}</p>}
    </Notice>
  )
}
