import type { ServerResponse } from 'node:http'
import { RuntimeExec } from '../../contract/runtime/api.ts'
import { STREAM_BYTES } from '../../domain/bounded-output.ts'
import type { Activity } from '../activity/activity.ts'
import { ApiRefusal, readJson, replyJson } from '../api/reply.ts'
import type { Route } from '../api/server.ts'
import { findProgram, isFolder, startFolder } from '../pty/shell.ts'
import { type Program, type ProgramEnd, runProgram } from './run-program.ts'
import { StreamedOutput } from './streamed-output.ts'

/** The largest body that `RuntimeExec` allows to make sense: 1 MiB of stdin and as much of argv, escaped. */
const BODY_BYTES = 16 * 1_048_576
const MAX_RUNNING = 64

export interface ExecOptions {
  env(): Record<string, string>
  home: string
  workFolder: string
  activity: Pick<Activity, 'begin'>
}

/** `POST /api/v1/exec` and `/api/v1/exec/stream`: one program, until it ends, its time is over, or the caller goes. */
export function execRoutes(options: ExecOptions): Record<'whole' | 'stream', Route> {
  let running = 0
  const counted = (run: Run): Route => {
    return async ({ request, response }) => {
      if (running >= MAX_RUNNING) throw new ApiRefusal('TOO_MANY_REQUESTS', `${MAX_RUNNING} programs run already.`)
      running += 1
      const end = options.activity.begin()
      const gone = new AbortController()
      response.once('close', () => {
        gone.abort()
      })
      try {
        await run(parse(await readJson(request, BODY_BYTES)), { options, response, gone: gone.signal })
      } finally {
        running -= 1
        end()
      }
    }
  }
  return { whole: counted(runWhole), stream: counted(runStreamed) }
}

interface RunContext {
  options: ExecOptions
  response: ServerResponse
  /** Aborts when the caller has gone. */
  gone: AbortSignal
}

type Run = (input: RuntimeExec, context: RunContext) => Promise<void>

async function runWhole(input: RuntimeExec, { options, response, gone }: RunContext): Promise<void> {
  const end = await execute(prepare(input, options), input.timeoutSeconds, gone)
  if (end.kind === 'aborted')
    throw new ApiRefusal('TIMEOUT', `The program did not end within ${input.timeoutSeconds} seconds.`)
  replyJson(response, 200, end.result)
}

async function runStreamed(input: RuntimeExec, { options, response, gone }: RunContext): Promise<void> {
  const output = new StreamedOutput(response)
  const program = { ...prepare(input, options), streamBytes: 0, onOutput: output.take }
  const end = await execute(program, input.timeoutSeconds, gone)
  output.end(end.kind === 'exited' ? { type: 'exit', exitCode: end.result.exitCode } : { type: 'timeout' })
}

function parse(body: unknown): RuntimeExec {
  const input = RuntimeExec.safeParse(body)
  if (input.success) return input.data
  const paths = input.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || '(whole)')
  throw new ApiRefusal('BAD_REQUEST', `The request is not valid at: ${paths.join(', ')}.`)
}

/** What is to be started. Throws `ApiRefusal` where it cannot be. */
function prepare(input: RuntimeExec, options: ExecOptions): Program {
  const cwd = input.cwd ?? startFolder(options)
  const env = { ...options.env(), ...input.env, PWD: cwd }
  const [name = ''] = input.command
  if (!isFolder(cwd)) throw new ApiRefusal('BAD_REQUEST', `"${cwd}" is not a folder that can be entered.`)
  if (input.command.some((word) => word.includes('\0'))) {
    throw new ApiRefusal('BAD_REQUEST', 'The command holds a NUL character, which no program can be given.')
  }
  const file = findProgram(name, env, cwd)
  if (file === undefined) {
    throw new ApiRefusal('BAD_REQUEST', `There is no program "${name.slice(0, 200)}" in this workspace.`)
  }
  return { file, command: input.command, cwd, env, stdin: input.stdin, streamBytes: STREAM_BYTES }
}

async function execute(program: Program, timeoutSeconds: number | undefined, gone: AbortSignal): Promise<ProgramEnd> {
  const timeout = timeoutSignal(timeoutSeconds)
  try {
    return await runProgram(program, AbortSignal.any([gone, timeout.signal])).catch((error: unknown) => {
      throw new ApiRefusal('BAD_REQUEST', `The program could not be started: ${reason(error)}.`)
    })
  } finally {
    timeout.dispose()
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'it is not known why'
}

/** Like `AbortSignal.timeout`, but leaves no timer behind: a limit may be a day. */
function timeoutSignal(seconds: number | undefined): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
  if (seconds === undefined) return { signal: controller.signal, dispose: () => undefined }
  const timer = setTimeout(() => {
    controller.abort()
  }, seconds * 1000)
  return {
    signal: controller.signal,
    dispose: () => {
      clearTimeout(timer)
    },
  }
}
