import { randomUUID } from 'node:crypto'
import type { TerminalClient, TerminalState } from '../../../client/worker-client.ts'
import type { TerminalExit } from '../../../contract/terminal/terminal.ts'
import { CliFailure } from '../../cli-failure.ts'
import { formatBytes } from '../../output/bytes.ts'
import { READY_BYTE } from './pipe-programs.ts'
import { failureOf, type ShellRequest } from './request.ts'

export interface PipeRequest extends Pick<ShellRequest, 'worker' | 'workspace'> {
  command: string[]
  title: string
  /** Where the bytes go. */
  out: NodeJS.WriteStream
  changed(state: TerminalState): void
  inputTaken?(heldBytes: number): void
}

/** A terminal whose bytes go through as they are. */
export interface Pipe {
  client: TerminalClient
  /** Resolves when the far end listens. Rejects with `CliFailure` where it never will. */
  ready: Promise<void>
  /** Resolves when the far end has ended and all of its bytes are written. Rejects with `CliFailure`. */
  ended: Promise<TerminalExit>
}

/** Makes a terminal that runs `command`, one of the programs of `pipe-programs.ts`. */
export function openPipe({ worker, workspace, command, title, out, changed, inputTaken }: PipeRequest): Pipe {
  const ready = deferred<undefined>()
  const ended = deferred<TerminalExit>()
  let complaint: Buffer | undefined = Buffer.alloc(0)
  const received = (bytes: Uint8Array): Uint8Array => {
    if (complaint === undefined) return bytes
    const start = bytes.indexOf(READY_BYTE) + 1
    complaint = start > 0 ? undefined : Buffer.concat([complaint, bytes])
    if (start > 0) ready.resolve(undefined)
    return start > 0 ? bytes.subarray(start) : new Uint8Array()
  }
  const client = worker.openTerminal({
    workspace,
    terminal: randomUUID(),
    create: { command, title },
    cols: 80,
    rows: 24,
    onOutput: (bytes, parsed) => {
      const content = received(bytes)
      if (content.byteLength > 0) out.write(content, () => parsed())
      else parsed()
    },
    onGap: (skipped) => {
      ready.reject(incomplete(skipped))
      ended.reject(incomplete(skipped))
    },
    ...(inputTaken === undefined ? {} : { onInputTaken: inputTaken }),
    onState: (state) => {
      changed(state)
      if (state.status === 'failed' || state.status === 'stopped') {
        ready.reject(failureOf(state))
        ended.reject(failureOf(state))
      }
      if (state.status !== 'exited') return
      if (complaint !== undefined) ready.reject(notPrepared(complaint))
      // What was written last must have left.
      out.write('', () => ended.resolve(state.exit))
    },
  })
  return { client, ready: ready.promise, ended: ended.promise }
}

function notPrepared(complaint: Buffer): CliFailure {
  const said = complaint.toString('utf8').trim().split('\n').at(-1)
  return new CliFailure(
    `The workspace could not run it: ${said === undefined || said === '' ? 'no reason given' : said}`,
    {
      hint: 'It needs sh, stty, mkfifo and dd. From a terminal, `ws shell` needs none of them.',
    },
  )
}

/** A stream with a hole in it must not look like a whole one. */
function incomplete(skippedBytes: number): CliFailure {
  return new CliFailure(`${formatBytes(skippedBytes)} of output are lost: the connection was down for too long.`, {
    code: 'INCOMPLETE',
    hint: 'Write much output into a file in the workspace first.',
  })
}

interface Deferred<Value> {
  promise: Promise<Value>
  resolve(value: Value): void
  reject(reason: CliFailure): void
}

/** A promise that is settled from outside; whoever waits for it hears of a failure. */
function deferred<Value>(): Deferred<Value> {
  let settle: Pick<Deferred<Value>, 'resolve' | 'reject'> = { resolve: () => undefined, reject: () => undefined }
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject }
  })
  promise.catch(() => undefined)
  return { promise, ...settle }
}
