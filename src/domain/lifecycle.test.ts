import { describe, expect, it } from 'vitest'
import type { WorkspaceFailure } from '../contract/agent/workspace.ts'
import { advance, isCancellable, isRetriable, type Life, type LifeEvent, NEW_LIFE, statusOf } from './lifecycle.ts'

const gone: WorkspaceFailure = { step: 'run', code: 'NOT_FOUND', message: 'The container is gone.' }
const broken: WorkspaceFailure = { step: 'image', code: 'ENGINE_ERROR', message: 'The image could not be built.' }

const lifeAfter = (...events: LifeEvent[]): Life => events.reduce(advance, NEW_LIFE)
const running = lifeAfter({ type: 'container', state: 'running' }, { type: 'creation_done' })

describe('lifecycle', () => {
  it('is creating until the creation is done, whatever the engine says', () => {
    expect(statusOf(lifeAfter({ type: 'container', state: 'running' }))).toBe('creating')
    expect(statusOf(running)).toBe('running')
  })

  it('follows the container once it is made', () => {
    const stopped = advance(running, { type: 'container', state: 'stopped' })
    expect(statusOf(stopped)).toBe('stopped')
    expect(stopped.runtime).toBe('off')
    expect(advance(stopped, { type: 'container', state: 'running' }).runtime).toBe('starting')
  })

  it('keeps a failed creation in error even while its container runs', () => {
    const failed = lifeAfter({ type: 'container', state: 'running' }, { type: 'failed', failure: broken })
    expect(statusOf(failed)).toBe('error')
    expect(statusOf(advance(failed, { type: 'container', state: 'stopped' }))).toBe('error')
  })

  it('is in error when its container vanished, and mended when one is there again', () => {
    const lost = advance(running, { type: 'vanished', failure: gone })
    expect(statusOf(lost)).toBe('error')
    expect(lost.container).toBe('none')
    expect(statusOf(advance(lost, { type: 'container', state: 'running' }))).toBe('running')
  })

  it('does not call it a failure when the container goes because it is being deleted', () => {
    const deleting = advance(running, { type: 'began', verb: 'deleting' })
    expect(statusOf(advance(deleting, { type: 'vanished', failure: gone }))).toBe('stopped')
  })

  it('takes no word of a runtime in a container that does not run', () => {
    const stopped = advance(running, { type: 'container', state: 'stopped' })
    expect(advance(stopped, { type: 'runtime', status: 'ready' })).toBe(stopped)
  })

  it('returns the very same state when nothing changed', () => {
    expect(advance(running, { type: 'container', state: 'running' })).toBe(running)
    expect(advance(running, { type: 'ended' })).toBe(running)
  })
})

describe('a creation', () => {
  const unauthorized: WorkspaceFailure = { step: 'clone', code: 'UNAUTHORIZED', message: 'No key was taken.' }
  const inContainer = lifeAfter({ type: 'container', state: 'running' }, { type: 'runtime', status: 'ready' })
  const failed = advance(inContainer, { type: 'failed', failure: unauthorized })

  it('that failed keeps its container and its terminals', () => {
    expect(failed).toMatchObject({ container: 'running', runtime: 'ready' })
  })

  it('that failed can be gone on with and given up', () => {
    expect(isRetriable(failed)).toBe(true)
    expect(isCancellable(failed)).toBe(true)
    const again = advance(failed, { type: 'creation_began' })
    expect(statusOf(again)).toBe('creating')
    expect(again).toMatchObject({ container: 'running', runtime: 'ready' })
    expect(isRetriable(again)).toBe(false)
    expect(isCancellable(again)).toBe(true)
  })

  it('is not given up once it was whole, whatever is the matter later', () => {
    expect(isCancellable(running)).toBe(false)
    const lost = advance(running, { type: 'vanished', failure: gone })
    expect(isCancellable(lost)).toBe(false)
    const remade = advance(lost, { type: 'creation_began' })
    expect(isCancellable(remade)).toBe(false)
    expect(isCancellable(advance(remade, { type: 'failed', failure: broken }))).toBe(false)
  })

  it('is not gone on with when it was the container that vanished, or while it is being deleted', () => {
    expect(isRetriable(advance(running, { type: 'vanished', failure: gone }))).toBe(false)
    const deleting = advance(failed, { type: 'began', verb: 'deleting' })
    expect(isRetriable(deleting)).toBe(false)
    expect(isCancellable(deleting)).toBe(false)
  })
})
