import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import type { WorkerClient } from '../../../client/worker-client.ts'
import type { Terminal } from '../../../contract/agent/terminals.ts'
import type { Streams } from '../../terminal-streams.ts'
import { chooseTerminal } from './choose-terminal.ts'

const idOf = (last: number): string => `00000000-0000-4000-8000-00000000000${last}`
const [RUNNING, EXITED, STOPPED, OTHER] = [idOf(1), idOf(2), idOf(3), idOf(4)]

function terminal(id: string, more: Partial<Terminal> = {}): Terminal {
  const place = { workspace: 'alpha', cols: 80, rows: 24, clients: 0, isRenamed: false }
  return { id, title: 'bash', createdAt: '2026-01-01T00:00:00.000Z', ...place, ...more }
}
const ended = [terminal(EXITED, { exit: { code: 1 } }), terminal(STOPPED, { title: 'build', endedBy: 'stop' })]

function chosen(list: readonly Terminal[], wanted?: string): Promise<string> {
  const worker = { api: { terminals: { list: async () => list } } } as unknown as WorkerClient
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const streams = { stdin, stdout, stderr } as unknown as Streams
  return chooseTerminal(worker, { workspace: 'alpha', terminal: wanted, streams })
}

it('the only terminal that runs is meant, whatever has ended beside it, by itself or with its workspace', async () => {
  expect(await chosen([...ended, terminal(RUNNING)])).toBe(RUNNING)
  expect(await chosen([...ended, terminal(RUNNING)], 'bash')).toBe(RUNNING)
})

it('where all have ended there is none, but each can be named in full', async () => {
  await expect(chosen(ended)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(chosen(ended, 'build')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await chosen(ended, STOPPED)).toBe(STOPPED)
})

it('a name that is that of several says which they are', async () => {
  const both = [terminal(RUNNING), terminal(OTHER)]
  await expect(chosen(both, 'bash')).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringContaining('00000000') })
})
