import process from 'node:process'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runProgram } from './run-program.ts'

/** More than two reads of a stream bring, and less than is kept for its reader. */
const OUTPUT_BYTES = 150_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

// Elsewhere the streams of a program hold less.
it.skipIf(process.platform !== 'linux')(
  'who reads slowly has all that the program said',
  { timeout: 30_000 },
  async () => {
    let goOn = (): void => undefined
    const taken = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let seen = Buffer.alloc(0)
    const program = {
      ...{ file: '/bin/sh', command: ['sh', '-c', `echo $$; exec head -c ${OUTPUT_BYTES} /dev/zero`] },
      ...{ cwd: '/', env: { PATH: process.env['PATH'] ?? '' }, streamBytes: 0 },
      onOutput: (_stream: string, chunk: Buffer) => {
        seen = Buffer.concat([seen, chunk])
        return taken
      },
    }
    const ended = runProgram(program, new AbortController().signal)
    const pid = (): number => Number(/^\d+(?=\n)/.exec(seen.toString('latin1'))?.[0] ?? Number.NaN)
    await expect.poll(() => pid() > 0 && isGone(pid()), { timeout: 20_000 }).toBe(true)
    const line = `${pid()}\n`
    expect(seen.length).toBeLessThan(line.length + OUTPUT_BYTES)
    await vi.advanceTimersByTimeAsync(60_000)
    goOn()
    expect(await ended).toMatchObject({ kind: 'exited', result: { exitCode: 0 } })
    expect(seen.length).toBe(line.length + OUTPUT_BYTES)
  },
)
