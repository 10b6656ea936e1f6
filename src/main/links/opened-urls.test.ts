import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { expect, it, vi } from 'vitest'
import { OpenedUrls } from './opened-urls.ts'

it('keeps the link that started the app until it is followed, and hands on each that comes later', () => {
  const app = new EventEmitter()
  const opened = new OpenedUrls(app as unknown as Pick<App, 'on'>)
  const preventDefault = vi.fn()
  app.emit('open-url', { preventDefault }, 'berth://pair?host=tower')
  const followed: string[] = []
  opened.follow((url) => followed.push(url))
  app.emit('open-url', { preventDefault }, 'berth://open')
  expect(followed).toEqual(['berth://pair?host=tower', 'berth://open'])
  expect(preventDefault).toHaveBeenCalledTimes(2)
})
