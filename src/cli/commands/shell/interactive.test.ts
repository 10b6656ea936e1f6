import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import type { OpenTerminal, TerminalClient, WorkerClient } from '../../../client/worker-client.ts'
import type { Streams } from '../../terminal-streams.ts'
import { runInteractive } from './interactive.ts'

const TERMINAL = '3f0c1c5e-8a43-4f43-9d7a-0f7b6c1f2a11'

/** A stream that stands for this terminal's. */
const tty = () => Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24, setRawMode: () => undefined })

/** Joins a terminal whose program ends at once; returns the exit code, and which terminals were ended for everybody. */
async function joined(isNew: boolean) {
  const closed: string[] = []
  const worker = {
    openTerminal: ({ terminal, onState }: OpenTerminal): Partial<TerminalClient> => {
      setImmediate(() => onState({ status: 'exited', exit: { code: 3 } }))
      return { id: terminal, dispose: () => undefined }
    },
    retryNow: () => undefined,
    api: { terminals: { close: async ({ terminal }: { terminal: string }) => void closed.push(terminal) } },
  } as unknown as WorkerClient
  const streams = { stdin: tty(), stdout: tty(), stderr: tty() } as unknown as Streams
  const exitCode = await runInteractive({
    ...{ worker, workspace: 'alpha', command: [], streams, terminal: TERMINAL, isNew, isReadOnly: false },
    detachKeys: { text: '', bytes: [] },
  })
  return { exitCode, closed }
}

it('a terminal that this command made is forgotten when its program ends', async () => {
  expect(await joined(true)).toEqual({ exitCode: 3, closed: [TERMINAL] })
})

it('one that was there before stays for those whose it is', async () => {
  expect(await joined(false)).toEqual({ exitCode: 3, closed: [] })
})
