import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { LinkError } from '../../../client/link-error.ts'
import { forget } from './request.ts'

/** A worker that answers each `terminals.close` as `answers` say, in order, and what it was asked. */
function worker(...answers: (Error | 'done')[]) {
  const asked: string[] = []
  let retries = 0
  const close = async ({ terminal }: { terminal: string }): Promise<{ success: true }> => {
    asked.push(terminal)
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return { success: true }
  }
  const request = {
    workspace: 'alpha',
    worker: {
      api: { terminals: { close } },
      retryNow: () => {
        retries += 1
      },
    },
  }
  const disposed: string[] = []
  const client = (id: string) => ({ id, dispose: () => void disposed.push(id) })
  return { request, client, asked, disposed, retries: () => retries }
}

const broke = new LinkError('unreachable', 'The link broke.')

describe('terminals that a command leaves', () => {
  it('are let go of and ended, over a link that is tried at once', async () => {
    const { request, client, asked, disposed, retries } = worker('done', 'done')
    expect(await forget(request, [client('one'), client('two')])).toBe(true)
    expect([asked, disposed, retries()]).toEqual([['one', 'two'], ['one', 'two'], 1])
  })

  it('are ended again where the link broke while that was under way', async () => {
    const { request, client, asked } = worker(broke, broke, 'done')
    expect(await forget(request, [client('one')])).toBe(true)
    expect(asked).toEqual(['one', 'one', 'one'])
  })

  it('are gone where there is none of them, or nothing that could run them', async () => {
    const { request, client } = worker(new ORPCError('NOT_FOUND'), new ORPCError('PRECONDITION_FAILED'))
    expect(await forget(request, [client('one'), client('two')])).toBe(true)
  })

  it('may be there still where nobody could be told', async () => {
    const { request, client, asked } = worker(
      new LinkError('unauthorized', 'Not known.'),
      new ORPCError('ENGINE_ERROR'),
    )
    expect(await forget(request, [client('one'), client('two')])).toBe(false)
    expect(asked).toEqual(['one', 'two'])
  })
})
