import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { workspaceNamed } from '../../worker/workspace.fixture.ts'
import { lastTerminalsQuery } from './last-terminals-query.ts'

test('a workspace that is just started or removed is not asked for its last screens; afterwards it is', async () => {
  const list = vi.fn(async () => [])
  const worker = { id: 'one', client: { api: { terminals: { list } } } as unknown as WorkerClient }
  const stopped = { ...workspaceNamed('web'), status: 'stopped' as const }
  const queries = new QueryClient()
  const observer = new QueryObserver(
    queries,
    lastTerminalsQuery(worker, { ...stopped, activity: { verb: 'starting' } }),
  )
  const stop = observer.subscribe(() => undefined)
  expect(observer.getCurrentResult().fetchStatus).toBe('idle')
  observer.setOptions(lastTerminalsQuery(worker, stopped))
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toEqual([]))
  expect(list).toHaveBeenCalledOnce()
  stop()
})
