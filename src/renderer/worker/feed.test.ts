import { QueryClient } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import type { WorkerClient } from '../../client/worker-client.ts'
import type { AgentEvent } from '../../contract/agent/events.ts'
import type { WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { feedFrom } from './feed.ts'
import { workspacesKey } from './keys.ts'
import { workspaceNamed } from './workspace.fixture.ts'

it('ends right where a list is asked for anew before the one before has come', async () => {
  const asked: ((list: readonly WorkspaceInfo[]) => void)[] = []
  const left: (() => void)[] = []
  let send = (_event: AgentEvent): void => undefined
  const client = {
    api: {
      workspaces: {
        list: (_input: undefined, { signal }: { signal: AbortSignal }) =>
          new Promise((resolve, reject) => {
            asked.push(resolve)
            signal.addEventListener('abort', () => left.push(() => reject(new Error('No longer wanted.'))))
          }),
      },
    },
    onEvent: (listener: typeof send) => {
      send = listener
      return () => undefined
    },
  } as unknown as WorkerClient
  const queries = new QueryClient()
  const stop = feedFrom({ worker: 'one', client, queries })
  const told = { id: '1', at: new Date(0).toISOString() }
  const stopped = { ...workspaceNamed('web'), status: 'stopped' as const }

  send({ ...told, type: 'reset' })
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  send({ ...told, type: 'reset' })
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  // A call that is not wanted any more ends when it does.
  left[0]?.()
  await new Promise((resolve) => setImmediate(resolve))
  // Told after the second list was made, and before it is here.
  send({ ...told, type: 'workspace.changed', workspace: stopped })
  asked[1]?.([{ ...stopped, status: 'running' }])
  await vi.waitFor(() =>
    expect(queries.getQueryData<WorkspaceInfo[]>(workspacesKey('one'))).toMatchObject([{ status: 'stopped' }]),
  )
  stop()
})
