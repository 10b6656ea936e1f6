import { useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  Credentials,
  CredentialsPatch,
  Login,
  Scripts,
  WorkerSettings,
  WorkerSettingsPatch,
} from '../../../contract/agent/config.ts'
import type { TemplateInfo } from '../../../contract/agent/templates.ts'
import { credentialsKey, loginsKey, scriptsKey, settingsKey, templatesKey } from '../../worker/keys.ts'
import { FED, type Worker } from '../../worker/workers.ts'

/** What every workspace receives, kept fresh by the worker's events. */
export function useCredentials(worker: Worker) {
  const queries = useQueryClient()
  const queryKey = credentialsKey(worker.id)
  const { credentials } = worker.client.api.config
  const query = useQuery<Credentials>({ ...FED, queryKey, queryFn: () => credentials.get() })
  return {
    query,
    update: async (patch: CredentialsPatch): Promise<void> => {
      queries.setQueryData<Credentials>(queryKey, await credentials.update(patch))
    },
  }
}

/** The sign-ins that were found on a worker's computer; none where this client may not ask for them. */
export function useLogins(worker: Worker): {
  found: readonly Login[]
  isRead: boolean
  /** This client may not ask for them, or the worker could not say. */
  isRefused: boolean
  use(kind: string): Promise<void>
} {
  const queries = useQueryClient()
  const { logins } = worker.client.api.config
  const query = useQuery<readonly Login[]>({
    ...FED,
    queryKey: loginsKey(worker.id),
    // Somebody may have signed in since: the worker does not watch for that.
    refetchOnMount: 'always',
    queryFn: () => logins.list(),
  })
  return {
    found: query.data ?? [],
    isRead: query.isSuccess,
    isRefused: query.isError,
    use: async (kind) => {
      queries.setQueryData<Credentials>(credentialsKey(worker.id), await logins.use({ kind }))
      await queries.invalidateQueries({ queryKey: loginsKey(worker.id) })
    },
  }
}

/** The scripts of a worker, kept fresh by its events. */
export function useScripts(worker: Worker) {
  const queries = useQueryClient()
  const queryKey = scriptsKey(worker.id)
  const { scripts } = worker.client.api.config
  const query = useQuery<Scripts>({ ...FED, queryKey, queryFn: () => scripts.get() })
  return {
    query,
    update: async (next: Scripts): Promise<void> => {
      queries.setQueryData<Scripts>(queryKey, await scripts.update(next))
    },
  }
}

/** The rest of what a worker keeps, fresh by its events. */
export function useWorkerSettings(worker: Worker) {
  const queries = useQueryClient()
  const queryKey = settingsKey(worker.id)
  const { settings } = worker.client.api.config
  const query = useQuery<WorkerSettings>({ ...FED, queryKey, queryFn: () => settings.get() })
  return {
    query,
    update: async (patch: WorkerSettingsPatch): Promise<void> => {
      queries.setQueryData<WorkerSettings>(queryKey, await settings.update(patch))
    },
  }
}

/** What workspaces can be made from. */
export function useTemplates(worker: Worker) {
  return useQuery<readonly TemplateInfo[]>({
    ...FED,
    queryKey: templatesKey(worker.id),
    queryFn: () => worker.client.api.config.templates.list(),
  })
}
