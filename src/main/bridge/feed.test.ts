import { describe, expect, it } from 'vitest'
import { Feed } from './feed.ts'

describe('Feed', () => {
  it('gives the value now, then each change', async () => {
    const feed = new Feed(1)
    const stop = new AbortController()
    const values = feed.watch(stop.signal)
    expect((await values.next()).value).toBe(1)
    const next = values.next()
    feed.set(2)
    expect((await next).value).toBe(2)
  })

  it('skips to the latest value for a slow watcher', async () => {
    const feed = new Feed('a')
    const values = feed.watch(new AbortController().signal)
    await values.next()
    feed.set('b')
    feed.set('c')
    expect((await values.next()).value).toBe('c')
  })

  it('ends when its signal aborts, also while it waits', async () => {
    const feed = new Feed('a')
    const stop = new AbortController()
    const values = feed.watch(stop.signal)
    await values.next()
    const next = values.next()
    stop.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})
