import { expect, test, vi } from 'vitest'
import { strings } from '../strings/index.ts'
import { announcements } from '../ui/announcements.ts'
import { readToasts } from '../ui/toast-store.ts'
import { workspaceNamed } from '../worker/workspace.fixture.ts'
import { newsOf, tellNews } from './news.ts'

const creating = workspaceNamed('api', { status: 'creating', created: '2020-01-01T00:00:00Z' })
const running = workspaceNamed('api', { status: 'running', created: creating.created })

test('how long a creation took is what was watched here, and nothing that two clocks say', () => {
  expect(newsOf(creating, running, 61_000)).toEqual({
    sentence: strings.creation.readyIn('api', '1 min 1 s'),
    toast: { kind: 'running' },
  })
  expect(newsOf(creating, running, undefined)?.sentence).toBe(strings.creation.ready('api'))
})

test('a failure is told with its reason, once', () => {
  const failure = { step: 'start', code: 'ENGINE_ERROR', message: 'The port is taken.' } as const
  const failed = workspaceNamed('api', { status: 'error', failure })
  expect(newsOf(creating, failed, undefined)).toEqual({
    sentence: strings.creation.failed('api'),
    toast: { kind: 'failed', body: failure.message },
  })
  expect(newsOf(failed, failed, undefined)).toBeUndefined()
})

test('a start and a stop are heard when they are done', () => {
  const starting = workspaceNamed('api', { status: 'stopped', activity: { verb: 'starting' } })
  expect(newsOf(starting, running, undefined)).toEqual({ sentence: strings.workspace.started('api') })
  expect(newsOf(running, running, undefined)).toBeUndefined()
})

test('what has a toast is not announced beside it', () => {
  const said = vi.fn()
  const stop = announcements.subscribe(said)
  tellNews({ sentence: 'api is ready', toast: { kind: 'running' } }, {})
  expect(said).not.toHaveBeenCalled()
  expect(readToasts()).toMatchObject([{ kind: 'running', title: 'api is ready' }])
  tellNews({ sentence: 'api stopped' }, {})
  expect(announcements.read()).toBe('api stopped')
  expect(readToasts()).toHaveLength(1)
  stop()
})
