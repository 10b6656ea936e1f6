import { useState } from 'react'
import type { PairedClient } from '../../../contract/agent/clients.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import { formatAge, formatMoment } from '../../worker/format.ts'
import { useWorkerNow } from '../../worker/use-now.ts'
import { useConnection, useWorkerInfo, type Worker } from '../../worker/workers.ts'
import { SaveFailure, SettingsCard } from './settings-card.tsx'
import { useSave } from './use-save.ts'

const AGE_EVERY_MS = 30_000
const words = strings.access

type ClientsCardProps = {
  worker: Worker
  paired: readonly PairedClient[]
  revoke: (id: string) => Promise<void>
}

/** Who has a token, what it may do and when it was seen; each can be revoked. */
export function ClientsCard({ worker, paired, revoke }: ClientsCardProps) {
  const { state, save } = useSave()
  const [asking, setAsking] = useState<string | undefined>(undefined)
  const now = useWorkerNow(worker, AGE_EVERY_MS)
  const ownId = useWorkerInfo(worker).data?.identity?.id
  const isOff = useConnection(worker.client).status !== 'live' || state.status === 'saving'
  const take = async ({ id, name }: PairedClient): Promise<void> => {
    setAsking(undefined)
    await save(() => revoke(id), words.revoked(name))
  }
  return (
    <SettingsCard title={words.clients} help={words.clientsHelp}>
      {paired.length === 0 ? (
        <p className="text-muted">{words.none}</p>
      ) : (
        <ul aria-label={words.clients} className="flex flex-col divide-y divide-line border-y border-line">
          {paired.map((client) => (
            <li key={client.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <div className="min-w-40 flex-1">
                <p className="break-words">
                  <span className="font-strong">{client.name}</span>
                  {client.id === ownId ? <span className="text-muted"> · {words.isThis}</span> : null}
                </p>
                <p className="text-meta text-muted">{seenIn(client, now)}</p>
                {client.expiresAt === undefined ? null : (
                  <p className="text-meta text-muted">{words.ends(formatMoment(client.expiresAt))}</p>
                )}
              </div>
              {client.kind === undefined ? null : <p className="min-w-20 text-muted">{words.kinds[client.kind]}</p>}
              <p className="min-w-30">{words.scopes[client.scope]}</p>
              {asking === client.id ? (
                <fieldset aria-label={sureOf(client, ownId)} className="flex flex-wrap items-center gap-2">
                  <p>{sureOf(client, ownId)}</p>
                  <Button size="small" autoFocus onClick={() => setAsking(undefined)}>
                    {words.keep}
                  </Button>
                  <Button size="small" variant="danger" onClick={() => void take(client)}>
                    {words.revokeNow}
                  </Button>
                </fieldset>
              ) : (
                <Button
                  size="small"
                  unavailable={isOff}
                  aria-label={words.revokeNamed(client.name)}
                  onClick={() => setAsking(client.id)}
                >
                  {words.revoke}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <SaveFailure worker={worker} state={state} title={words.revokeFailed} />
      <p role="status" className="text-muted empty:hidden">
        {state.status === 'saved' ? state.said : null}
      </p>
    </SettingsCard>
  )
}

function sureOf({ id, name }: PairedClient, ownId: string | undefined): string {
  return id === ownId ? words.revokeThisSure(name) : words.revokeSure(name)
}

/** When it was seen, and since when it is there. */
function seenIn({ lastSeenAt, createdAt }: PairedClient, now: number): string {
  const seen = lastSeenAt === undefined ? words.never : ago(lastSeenAt, now)
  return words.times(seen, ago(createdAt, now))
}

function ago(at: string, now: number): string {
  const age = formatAge(at, now)
  return age === strings.common.justNow ? words.justNow : words.ago(age)
}
