import type { Logger } from 'pino'
import { expect, test, vi } from 'vitest'
import { RemoteWorkers } from './remote-workers.ts'
import type { TokenStore } from './token-store.ts'
import type { WorkerStore } from './worker-file.ts'
import type { WorkerRecord } from './worker-record.ts'

const RECORD: WorkerRecord = { id: 'far', label: 'far', address: 'http://127.0.0.1:1' }

test('a worker that was paired anew is connected to, also where the list cannot be written', async () => {
  const write = vi.fn(() => Promise.reject(new Error('ENOSPC')))
  const error = vi.fn()
  const workers = new RemoteWorkers({
    store: { read: async () => [RECORD], write } as unknown as WorkerStore,
    tokens: {
      set: async () => undefined,
      get: async () => undefined,
      onReturn: () => undefined,
      isFleeting: false,
    } as unknown as TokenStore,
    vouchFor: () => Promise.reject(new Error('Nobody vouches for it.')),
    log: { error } as unknown as Logger,
    now: () => 0,
  })
  await workers.open()
  const worker = workers.get('far')
  if (worker === undefined) throw new Error('It is not there.')
  const connect = vi.spyOn(worker, 'connect')
  await workers.renew(worker, 'token')
  expect(connect).toHaveBeenCalledOnce()
  expect(error).toHaveBeenCalledOnce()
  workers.dispose()
})
