import { EventEmitter } from 'node:events'
import { pino } from 'pino'
import { expect, it, vi } from 'vitest'
import { quitGracefully } from './quit.ts'

/** An app that is told to quit, and asks again when it quits. */
function quitting(keychain: { settled: () => Promise<void> }) {
  const app = new EventEmitter()
  const ended: string[] = []
  const outcome = new Promise<'quit' | 'at once'>((resolve) => {
    Object.assign(app, { quit: () => resolve('quit') })
    quitGracefully({
      app: app as never,
      agent: { shutdown: () => Promise.resolve(void ended.push('agent')) },
      keychain,
      log: pino({ level: 'silent' }),
      endAtOnce: () => resolve('at once'),
      keychainLimitMs: 20,
    })
  })
  const event = { preventDefault: vi.fn() }
  app.emit('will-quit', event)
  app.emit('will-quit', event)
  return { outcome, ended, event }
}

it('ends the agent once, and then the app', async () => {
  const { outcome, ended, event } = quitting({ settled: () => Promise.resolve() })
  expect(await outcome).toBe('quit')
  expect(ended).toEqual(['agent'])
  expect(event.preventDefault).toHaveBeenCalledTimes(2)
})

it('waits for what is being written to the keychain, and not for a question that nobody answers', async () => {
  let written = (): void => undefined
  const writing = quitting({ settled: () => new Promise((resolve) => (written = resolve)) })
  setImmediate(() => written())
  expect(await writing.outcome).toBe('quit')
  expect(await quitting({ settled: () => new Promise(() => undefined) }).outcome).toBe('at once')
})
