import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import type { WorkerClient } from '../../../client/worker-client.ts'
import { pairClient } from './pair.ts'

/** What is printed where the agent can be reached by others or not, and the codes that it made. */
function pairing(isPairable: boolean | undefined) {
  const made: string[] = []
  const pair = async () => {
    made.push('KF7M-2QXD')
    return { code: 'KF7M-2QXD', expiresAt: new Date(Date.now() + 300_000).toISOString(), scope: 'operate' }
  }
  const worker = { api: { info: async () => ({ isPairable }), clients: { pair } } } as unknown as WorkerClient
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream
  return {
    made,
    printed: () => String(stdout.read()),
    done: pairClient(worker, { json: false, scope: undefined, stdout }),
  }
}

it('no code is made where nobody could come with it, and what to do is said', async () => {
  const { made, done } = pairing(false)
  await expect(done).rejects.toMatchObject({ code: 'UNPAIRABLE', hint: expect.stringContaining('ws --agent') })
  expect(made).toEqual([])
})

it.each([true, undefined])(
  'a code is printed where others can come, or an agent does not say (%s)',
  async (isPairable) => {
    const { printed, done } = pairing(isPairable)
    await done
    expect(printed()).toContain('Pairing code: KF7M-2QXD')
  },
)
