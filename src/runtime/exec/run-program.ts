import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import type { ExecResult } from '../../contract/agent/workspace.ts'
import { BoundedOutput } from '../../domain/bounded-output.ts'
import { endSession } from '../pty/end-session.ts'
import { StreamsWait } from './streams-wait.ts'

export interface Program {
  /** Absolute path of what is started. */
  file: string
  /** Argv, as the program sees it. */
  command: string[]
  cwd: string
  env: Record<string, string>
  stdin?: string | undefined
  /** What is kept of each stream for the result. */
  streamBytes: number
  /** Takes output as it comes; a stream waits until what it returns has settled. */
  onOutput?: ((stream: 'stdout' | 'stderr', chunk: Buffer) => Promise<void>) | undefined
}

export type ProgramEnd = { kind: 'exited'; result: ExecResult } | { kind: 'aborted' }

/**
 * Runs a program in a session of its own, no shell between. When `signal` aborts, its whole session is ended before
 * this resolves. What it starts and leaves behind when it ends by itself goes on, as with any shell.
 */
export async function runProgram(program: Program, signal: AbortSignal): Promise<ProgramEnd> {
  if (signal.aborted) return { kind: 'aborted' }
  const [argv0 = program.file, ...args] = program.command
  const child = spawn(program.file, args, {
    argv0,
    cwd: program.cwd,
    env: program.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const streamsWait = new StreamsWait()
  const output = { stdout: new BoundedOutput(program.streamBytes), stderr: new BoundedOutput(program.streamBytes) }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk: Buffer) => {
      output[stream].add(chunk)
      if (program.onOutput !== undefined) {
        const taken = program.onOutput(stream, chunk)
        holdBack(child[stream], taken)
        streamsWait.hold(taken)
      }
    })
  }
  child.stdin.on('error', () => {
    // A program need not read what it is given.
  })
  child.stdin.end(program.stdin)
  const ended = programEnd(child, streamsWait)
  const aborted = abortion(signal)
  try {
    const exitCode = await Promise.race([ended, aborted.promise])
    if (exitCode !== 'aborted') return { kind: 'exited', result: result(exitCode, output) }
    if (child.pid !== undefined) await endSession(child.pid, { first: 'SIGTERM' })
    return { kind: 'aborted' }
  } finally {
    aborted.dispose()
    child.stdout.destroy()
    child.stderr.destroy()
  }
}

/** Holds a stream back until what has come of it was taken. */
function holdBack(stream: Readable, taken: Promise<void>): void {
  stream.pause()
  const goOn = (): void => void stream.resume()
  taken.then(goOn, goOn)
}

function result(exitCode: number, output: Record<'stdout' | 'stderr', BoundedOutput>): ExecResult {
  const { stdout, stderr } = output
  return {
    exitCode,
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.isTruncated || stderr.isTruncated,
  }
}

/**
 * The exit code, as shells count it, once the streams have ended or been held open by others for too long. Whoever takes
 * their output slowly has all of it.
 */
async function programEnd(child: ChildProcess, streamsWait: StreamsWait): Promise<number> {
  const closed = once(child, 'close', { signal: streamsWait.over }).catch(() => undefined)
  const { code, signal } = await programExit(child)
  streamsWait.begin()
  await closed
  streamsWait.stop()
  return signal === null ? (code ?? 0) : 128 + constants.signals[signal]
}

/** Rejects where the program could not be started at all. */
function programExit(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      resolve({ code, signal })
    })
  })
}

function abortion(signal: AbortSignal): { promise: Promise<'aborted'>; dispose(): void } {
  let listener = (): void => undefined
  const promise = new Promise<'aborted'>((resolve) => {
    listener = () => {
      resolve('aborted')
    }
    signal.addEventListener('abort', listener, { once: true })
  })
  return {
    promise,
    dispose: () => {
      signal.removeEventListener('abort', listener)
    },
  }
}
