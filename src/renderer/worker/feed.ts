import type { QueryClient } from '@tanstack/react-query'
import { isAborted } from '../../client/is-aborted.ts'
import type { WorkerClient } from '../../client/worker-client.ts'
import type { AgentEvent } from '../../contract/agent/events.ts'
import type { AgentInfo } from '../../contract/agent/info.ts'
import type { Terminal } from '../../contract/agent/terminals.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import {
  clientsKey,
  credentialsKey,
  environmentKey,
  environmentsOfWorkerKey,
  infoKey,
  scriptsKey,
  settingsKey,
  templatesKey,
  terminalsKey,
  terminalsOfWorkerKey,
  workspacesKey,
} from './keys.ts'
import { nextTry } from './next-try.ts'
import { applyEvent } from './workspace-list.ts'

type FeedDeps = {
  worker: string
  client: WorkerClient
  queries: QueryClient
  /** Told of each event after the cache has it, with the row as it was before. */
  onEvent?: (event: AgentEvent, before: WorkspaceInfo | undefined) => void
}

/**
 * Keeps the cached answers of one worker in step with its events, so that nothing is ever polled. Events that arrive while
 * the list is on its way are applied to it again when it is there: whichever of the two was older, the row ends right.
 * Returns the way to stop.
 */
export function feedFrom({ worker, client, queries, onEvent }: FeedDeps): () => void {
  /** The events since each list that is on its way was asked for. */
  const underWay = new Set<AgentEvent[]>()

  const list = async (signal: AbortSignal): Promise<readonly WorkspaceInfo[]> => {
    const arrivedMeanwhile: AgentEvent[] = []
    underWay.add(arrivedMeanwhile)
    try {
      const answer = await client.api.workspaces.list(undefined, { signal })
      return arrivedMeanwhile.reduce<readonly WorkspaceInfo[]>(applyEvent, answer)
    } finally {
      underWay.delete(arrivedMeanwhile)
    }
  }

  let relisting = new AbortController()

  /** A list that is lost with its link is asked for again: the events that follow go on from the `reset`, and bring no other. */
  const relist = async (): Promise<void> => {
    relisting.abort()
    relisting = new AbortController()
    const { signal } = relisting
    const queryKey = workspacesKey(worker)
    const queryFn = (context: { signal: AbortSignal }): Promise<readonly WorkspaceInfo[]> => list(context.signal)
    for (let failures = 1; ; failures += 1) {
      await queries.cancelQueries({ queryKey })
      if (isAborted(signal)) return
      try {
        await queries.query({ queryKey, queryFn, staleTime: 0, retry: false })
        return
      } catch {
        // It stands in the cache, where screens see it.
        if (!isAborted(signal)) await nextTry(client, { failures, signal })
      }
      if (isAborted(signal)) return
    }
  }

  const stop = client.onEvent((event) => {
    if (event.type === 'reset') {
      void relist()
      for (const queryKey of toldAnew(worker)) void queries.invalidateQueries({ queryKey })
      onEvent?.(event, undefined)
      return
    }
    for (const arrivedMeanwhile of underWay) arrivedMeanwhile.push(event)
    const before = rowOf(queries, worker, event)
    applyToCache({ worker, queries, event })
    onEvent?.(event, before)
  })

  return () => {
    stop()
    relisting.abort()
    void queries.cancelQueries({ queryKey: workspacesKey(worker) })
  }
}

/** What may have changed while nothing was heard; the list of workspaces is read by itself. */
const toldAnew = (worker: string) => [
  infoKey(worker),
  terminalsOfWorkerKey(worker),
  credentialsKey(worker),
  environmentsOfWorkerKey(worker),
  clientsKey(worker),
  scriptsKey(worker),
  settingsKey(worker),
  templatesKey(worker),
]

function applyToCache({ worker, queries, event }: { worker: string; queries: QueryClient; event: AgentEvent }): void {
  queries.setQueryData<readonly WorkspaceInfo[]>(workspacesKey(worker), (list) =>
    list === undefined ? undefined : applyEvent(list, event),
  )
  switch (event.type) {
    case 'engine.changed':
      queries.setQueryData<AgentInfo>(infoKey(worker), (info) => info && { ...info, engine: event.engine })
      if (event.engine.status === 'ready') askAgainForTerminals(queries, worker)
      return
    case 'terminals.changed':
      void queries.invalidateQueries({ queryKey: terminalsKey(worker, event.workspace) })
      return
    case 'workspace.changed':
      if (event.workspace.status === 'stopped') endTerminals(queries, worker, event.workspace.name)
      else void queries.invalidateQueries({ queryKey: terminalsKey(worker, event.workspace.name) })
      return
    case 'credentials.changed':
      void queries.invalidateQueries({ queryKey: credentialsKey(worker) })
      void queries.invalidateQueries({ queryKey: environmentsOfWorkerKey(worker) })
      return
    case 'settings.changed':
      void queries.invalidateQueries({ queryKey: scriptsKey(worker) })
      void queries.invalidateQueries({ queryKey: settingsKey(worker) })
      void queries.invalidateQueries({ queryKey: templatesKey(worker) })
      return
    case 'clients.changed':
      void queries.invalidateQueries({ queryKey: clientsKey(worker) })
      return
    case 'workspace.deleted':
      queries.removeQueries({ queryKey: environmentKey(worker, event.name) })
      queries.removeQueries({ queryKey: terminalsKey(worker, event.name) })
      return
    case 'workspace.created':
    case 'workspace.step':
    case 'agent.warning':
    case 'reset':
      return
  }
}

/** What could not be had of terminals while the engine was away is to be had now. */
function askAgainForTerminals(queries: QueryClient, worker: string): void {
  const hasFailed = ({ state }: { state: { status: string } }): boolean => state.status === 'error'
  void queries.invalidateQueries({ queryKey: terminalsOfWorkerKey(worker), predicate: hasFailed })
}

/** Terminals end with their workspace. The list stays what it was, until the next start; what is left of them is asked for apart. */
function endTerminals(queries: QueryClient, worker: string, workspace: string): void {
  const queryKey = terminalsKey(worker, workspace)
  void queries.cancelQueries({ queryKey, exact: true })
  queries.setQueryData<Terminal[]>(queryKey, (list) =>
    list?.map((one) => (one.exit === undefined ? { ...one, endedBy: 'stop' } : one)),
  )
  void queries.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
}

function rowOf(queries: QueryClient, worker: string, event: AgentEvent): WorkspaceInfo | undefined {
  const name =
    'workspace' in event && typeof event.workspace === 'object'
      ? event.workspace.name
      : 'name' in event
        ? event.name
        : undefined
  if (name === undefined) return undefined
  return queries.getQueryData<readonly WorkspaceInfo[]>(workspacesKey(worker))?.find((row) => row.name === name)
}
