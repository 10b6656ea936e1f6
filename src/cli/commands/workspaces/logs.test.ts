import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import type { WorkerClient } from '../../../client/worker-client.ts'
import type { LogLine } from '../../../contract/agent/log-line.ts'
import { printLogs } from './logs.ts'

/** A worker whose workspace prints as long as it is listened to; `signal`: what would end that. */
function chattyWorker() {
  let signal: AbortSignal | undefined
  async function* lines(): AsyncGenerator<LogLine> {
    while (signal?.aborted === false) {
      yield { source: 'container', text: 'tick' }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const followLogs = (_input: unknown, options: { signal: AbortSignal }) => {
    signal = options.signal
    return Promise.resolve(lines())
  }
  const worker = { api: { workspaces: { followLogs } } } as unknown as WorkerClient
  return { worker, signal: () => signal }
}

/** A pipe whose reader leaves after `lines`, and that wants to be waited for after each where it `isSlow`. */
function pipeTo({ lines, isSlow }: { lines: number; isSlow: boolean }): NodeJS.WriteStream {
  let left = lines
  const pipe = new Writable({
    highWaterMark: isSlow ? 1 : 16_384,
    autoDestroy: false,
    write: (_chunk, _encoding, done) => {
      left -= 1
      const failure = left < 0 ? Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }) : null
      setImmediate(() => done(failure))
    },
  })
  // As `main` has it: an error that somebody hears ends nothing by itself.
  pipe.on('error', () => undefined)
  return Object.assign(pipe, { isTTY: false }) as unknown as NodeJS.WriteStream
}

it.each([true, false])('ends as SIGPIPE would when its reader has gone (waiting for it: %s)', async (isSlow) => {
  const { worker, signal } = chattyWorker()
  const options = { name: 'api', tail: 10, follow: true, json: false }
  expect(await printLogs(worker, { ...options, stdout: pipeTo({ lines: 1, isSlow }) })).toBe(141)
  expect(signal()?.aborted).toBe(true)
})
