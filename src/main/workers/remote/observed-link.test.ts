import { expect, it } from 'vitest'
import { LateError, LinkError } from '../../../client/link-error.ts'
import type { RpcConnection, WorkerLink } from '../../../client/worker-client.ts'
import { observedLink } from './observed-link.ts'

/** A link to who takes the connection; `failures` are those that were told before anybody said that it is a worker. */
function observed(connect: WorkerLink['connect']) {
  const failures: unknown[] = []
  const link = { connect } as WorkerLink
  return { failures, link: observedLink(link, { isLive: () => false, failed: (error) => failures.push(error) }) }
}

it('who took the connection and stayed silent was late, and did not just hang up', async () => {
  const [waited, ended] = [new AbortController(), new AbortController()]
  const connection = { closed: ended.signal } as RpcConnection
  const { failures, link } = observed(() => Promise.resolve(connection))
  await link.connect(waited.signal)
  waited.abort(new LateError())
  ended.abort(new LinkError('unreachable', 'The connection to the worker was lost.'))
  expect(failures).toEqual([new LateError()])
})

it('who never finished taking it was late too; one that nobody waits for any more has not failed', async () => {
  for (const [reason, told] of [
    [new LateError(), [new LateError()]],
    [undefined, []],
  ] as const) {
    const waited = new AbortController()
    const { failures, link } = observed(async (signal) => {
      waited.abort(reason)
      return await Promise.reject(new Error(`ended: ${String(signal.aborted)}`))
    })
    await expect(link.connect(waited.signal)).rejects.toThrow('ended: true')
    expect(failures).toEqual(told)
  }
})
