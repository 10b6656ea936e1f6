import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import type { ConnectionState, WorkerClient } from '../../client/worker-client.ts'
import type { AgentEvent } from '../../contract/agent/events.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { feedFrom } from './feed.ts'
import { lastTerminalsKey, terminalsKey, workspacesKey } from './keys.ts'
import { workspaceNamed } from './workspace.fixture.ts'

type List = readonly WorkspaceInfo[]

/** Somebody who is fed by a worker that is live, whose list is what `list` answers. */
function fed(list: (signal: AbortSignal) => Promise<List>) {
  const listening = new Set<(state: ConnectionState) => void>()
  let connection: ConnectionState = { status: 'live', since: 0, attempt: 1 }
  let send = (_event: AgentEvent): void => undefined
  const client = {
    get connection() {
      return connection
    },
    onConnection: (listener: (state: ConnectionState) => void) => {
      listening.add(listener)
      return () => listening.delete(listener)
    },
    api: { workspaces: { list: (_input: undefined, { signal }: { signal: AbortSignal }) => list(signal) } },
    onEvent: (listener: typeof send) => {
      send = listener
      return () => undefined
    },
  } as unknown as WorkerClient
  const queries = new QueryClient()
  const stop = feedFrom({ worker: 'one', client, queries })
  return {
    /** Who waits for another state of the link. */
    listening,
    shown: () => queries.getQueryData<List>(workspacesKey('one')),
    send: (event: AgentEvent) => send(event),
    lose: () => {
      connection = { status: 'reconnecting', attempt: 1, retryAt: 0, lastLiveAt: 0 }
    },
    regain: () => {
      connection = { status: 'live', since: 1, attempt: 1 }
      for (const listener of listening) listener(connection)
    },
    [Symbol.dispose]: stop,
  }
}

const TOLD = { id: '1', at: new Date(0).toISOString() }

it('ends right where a list is asked for anew before the one before has come', async () => {
  const asked: ((list: List) => void)[] = []
  const left: (() => void)[] = []
  using screen = fed(
    (signal) =>
      new Promise((resolve, reject) => {
        asked.push(resolve)
        signal.addEventListener('abort', () => left.push(() => reject(new Error('No longer wanted.'))))
      }),
  )
  const stopped = workspaceNamed('web', { status: 'stopped' })

  screen.send({ ...TOLD, type: 'reset' })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  screen.send({ ...TOLD, type: 'reset' })
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  // A call that is not wanted any more ends when it does.
  left[0]?.()
  await new Promise((resolve) => setImmediate(resolve))
  // Told after the second list was made, and before it is here.
  screen.send({ ...TOLD, type: 'workspace.changed', workspace: stopped })
  asked[1]?.([{ ...stopped, status: 'running' }])
  await vi.waitFor(() => expect(screen.shown()).toMatchObject([{ status: 'stopped' }]))
})

it('asks again for a list that was lost with its link, when the link is back', async () => {
  let asked = 0
  using screen = fed(async () => {
    asked += 1
    if (asked > 1) return [workspaceNamed('web')]
    screen.lose()
    throw new Error('The link broke.')
  })
  screen.send({ ...TOLD, type: 'reset' })
  await vi.waitFor(() => expect(screen.listening.size).toBe(1))
  expect(screen.shown()).toBeUndefined()

  screen.regain()
  await vi.waitFor(() => expect(screen.shown()).toMatchObject([{ name: 'web' }]))
  expect([asked, screen.listening.size]).toEqual([2, 0])
})

it('has what could not be read of terminals read again once the engine is back, and nothing else', async () => {
  let send = (_event: AgentEvent): void => undefined
  const client = {
    onEvent: (listener: typeof send) => {
      send = listener
      return () => undefined
    },
  } as unknown as WorkerClient
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const stop = feedFrom({ worker: 'one', client, queries })
  const failing = vi.fn(() => Promise.reject(new Error('The engine did not answer.')))
  const answered = vi.fn(async () => [])
  const last = new QueryObserver(queries, { queryKey: lastTerminalsKey('one', 'web'), queryFn: failing })
  const listed = new QueryObserver(queries, { queryKey: terminalsKey('one', 'api'), queryFn: answered })
  const ends = [last.subscribe(() => undefined), listed.subscribe(() => undefined), stop]
  await vi.waitFor(() =>
    expect([last, listed].map((one) => one.getCurrentResult().status)).toEqual(['error', 'success']),
  )

  const told = { id: '1', at: new Date(0).toISOString() }
  send({ ...told, type: 'engine.changed', engine: { status: 'unresponsive', message: '' } })
  send({ ...told, type: 'engine.changed', engine: { status: 'ready', message: '' } })
  await vi.waitFor(() => expect(failing).toHaveBeenCalledTimes(2))
  expect(answered).toHaveBeenCalledOnce()
  for (const end of ends) end()
})
