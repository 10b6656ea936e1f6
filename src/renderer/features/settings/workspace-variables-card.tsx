import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { EnvironmentPatch, MaskedEnvironment } from '../../../contract/agent/secret-value.ts'
import { strings } from '../../strings/index.ts'
import { Delayed } from '../../ui/delayed.tsx'
import { failureOf } from '../../worker/failure.ts'
import { environmentKey } from '../../worker/keys.ts'
import { RefusedView } from '../../worker/refused-view.tsx'
import { FED, type Worker } from '../../worker/workers.ts'
import { VariablesCard } from './variables-card.tsx'

type WorkspaceVariablesProps = { worker: Worker; name: string; unavailable: string | undefined }

/** The variables of one workspace alone; they go before those of the worker. */
export function WorkspaceVariablesCard({ worker, name, unavailable }: WorkspaceVariablesProps) {
  const queries = useQueryClient()
  const queryKey = environmentKey(worker.id, name)
  const { environment } = worker.client.api.workspaces
  const { data, error } = useQuery<MaskedEnvironment>({
    ...FED,
    queryKey,
    queryFn: () => environment.get({ name }),
  })
  const update = async (patch: EnvironmentPatch): Promise<void> => {
    queries.setQueryData<MaskedEnvironment>(queryKey, await environment.update({ name, patch }))
  }
  if (error !== null) return <RefusedView worker={worker} title={strings.settings.notRead} failure={failureOf(error)} />
  if (data === undefined) {
    return (
      <Delayed>
        <p className="text-muted">{strings.settings.reading}</p>
      </Delayed>
    )
  }
  return (
    <VariablesCard
      worker={worker}
      title={strings.settings.environmentHere}
      help={strings.settings.environmentHereHelp}
      empty={strings.settings.environmentHereEmpty}
      variables={data}
      unavailable={unavailable}
      reveal={async (key) => (await environment.reveal({ name, key })).value}
      update={update}
    />
  )
}
