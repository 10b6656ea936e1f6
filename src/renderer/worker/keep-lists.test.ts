import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import type { WorkerClient } from '../../client/worker-client.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import { createKeptLists } from '../platform/kept-lists.ts'
import type { WorkerEntry } from '../platform/platform.ts'
import { keepLists } from './keep-lists.ts'
import { workspacesKey } from './keys.ts'
import { workspaceNamed } from './workspace.fixture.ts'

const entry = (id: string, kind: WorkerSummary['kind']): WorkerEntry => ({
  summary: { id, kind, label: id, status: 'active', path: 'loopback', capabilities: [], diagnostics: [] },
  client: {} as WorkerClient,
})

function kept() {
  const values = new Map<string, string>()
  const lists = createKeptLists({
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  })
  const page = new EventTarget()
  const queries = new QueryClient()
  let entries: readonly WorkerEntry[] = []
  let tell = (): void => undefined
  keepLists({
    queries,
    lists,
    page: { addEventListener: page.addEventListener.bind(page) },
    workers: {
      list: () => entries,
      subscribe: (listener) => {
        tell = listener
        return () => undefined
      },
      retry: () => undefined,
      pair: () => Promise.resolve({ status: 'paired' }),
    },
  })
  return {
    lists,
    be: (next: readonly WorkerEntry[]): void => {
      entries = next
      tell()
    },
    hear: (worker: string, names: readonly string[]): void =>
      void queries.setQueryData(
        workspacesKey(worker),
        names.map((name) => workspaceNamed(name)),
      ),
    leave: (): void => void page.dispatchEvent(new Event('pagehide')),
  }
}

it('keeps the last list of remote workers when the page goes, and none of this computer', () => {
  const { be, hear, leave, lists } = kept()
  be([entry('local', 'embedded'), entry('atlas', 'remote')])
  hear('local', ['web'])
  hear('atlas', ['api', 'ml'])
  hear('atlas', ['api'])
  leave()
  expect(lists.read()).toEqual({ atlas: [{ name: 'api', status: 'running' }] })
})

it('keeps nothing of a worker that is removed before its last list was written', () => {
  const { be, hear, leave, lists } = kept()
  be([entry('local', 'embedded'), entry('atlas', 'remote')])
  hear('atlas', ['api'])
  be([entry('local', 'embedded')])
  leave()
  expect(lists.read()).toEqual({})
})

it('forgets a worker that is removed, and none that is not listed yet', () => {
  const { be, hear, leave, lists } = kept()
  lists.keep('studio', [{ name: 'render', status: 'stopped' }])
  be([entry('local', 'embedded')])
  be([entry('local', 'embedded'), entry('atlas', 'remote')])
  hear('atlas', ['api'])
  leave()
  expect(Object.keys(lists.read())).toEqual(['atlas', 'studio'])
  be([entry('local', 'embedded')])
  expect(Object.keys(lists.read())).toEqual(['studio'])
})
