import { expect, it } from 'vitest'
import { AppRequests } from './app-requests.ts'

it('keeps the latest request for the first screen that listens, and gives it once', async () => {
  const requests = new AppRequests()
  requests.ask({ kind: 'pair', host: 'older' })
  requests.ask({ kind: 'pair', host: 'tower', code: 'KF7M-2QXD' })
  const leaving = new AbortController()
  const heard = requests.listen(leaving.signal)
  expect(await heard.next()).toEqual({ done: false, value: { kind: 'pair', host: 'tower', code: 'KF7M-2QXD' } })
  const next = heard.next()
  requests.ask({ kind: 'pair', host: 'later' })
  expect(await next).toEqual({ done: false, value: { kind: 'pair', host: 'later' } })
  const last = heard.next()
  leaving.abort()
  expect(await last).toEqual({ done: true, value: undefined })
})
