import { BoundedOutput, STREAM_BYTES } from '../../domain/bounded-output.ts'
import { AgentError } from '../agent-error.ts'
import { plainWords } from '../engine/docker/translate.ts'
import type { Engine, ExecSession, ExecSpec } from '../engine/engine.ts'
import { EngineFailure } from '../engine/errors.ts'
import { exitCodeAfterEnd } from './exit-code.ts'
import type { Place } from './place.ts'

const LIMIT_MS = 30_000
const ROOT = '0:0'
/** What a kernel that cannot start a program is told as, by shells and engines. */
const CANNOT_START: ReadonlySet<number> = new Set([126, 127])

export interface Script {
  text: string
  parameters: readonly string[]
  /** Default: the image's own user. */
  asRoot?: boolean
  stdin?: string
}

/** The argv by which an image's shell runs a script. */
export function shellCommand({ text, parameters }: Pick<Script, 'text' | 'parameters'>): string[] {
  return ['/bin/sh', '-c', text, 'berth', ...parameters]
}

/**
 * Runs one of our scripts to its end; its standard output. Throws `AgentError` `PRECONDITION_FAILED` where the image has
 * no shell, `ENGINE_ERROR` where the script failed, and as the engine does.
 */
export async function runScript(engine: Engine, place: Place, script: Script): Promise<string> {
  const { asRoot = false, stdin = '' } = script
  const exec = { command: shellCommand(script), user: asRoot ? ROOT : '', stdin, endsInput: true }
  const { exitCode, stdout, stderr } = await outputOf(engine, place, exec)
  if (exitCode === 0) return stdout
  const words = plainWords(`${stderr} ${stdout}`)
  if (CANNOT_START.has(exitCode) || /no such file or directory.*\/bin\/sh|\/bin\/sh.*no such file/i.test(words))
    throw noShell(place)
  throw new AgentError('ENGINE_ERROR', `The image of ${place.name} could not be prepared: ${words}`, {
    hint: 'Without Berth’s service it needs the usual tools: sh, mkdir, chmod, chown, mv, sleep.',
  })
}

async function outputOf(engine: Engine, place: Place, exec: ExecSpec): Promise<Ended> {
  let session: ExecSession
  try {
    session = await engine.containers.exec(place.containerId, exec)
  } catch (error) {
    if (error instanceof EngineFailure && error.message.includes('/bin/sh')) throw noShell(place)
    throw error
  }
  const limit = setTimeout(() => session.close(), LIMIT_MS)
  try {
    return await gather(session)
  } finally {
    clearTimeout(limit)
    session.close()
  }
}

export interface Ended {
  exitCode: number
  stdout: string
  stderr: string
  truncated: boolean
}

/** Reads both streams to their end, and asks how the program ended. */
export async function gather(session: ExecSession): Promise<Ended> {
  const output = { stdout: new BoundedOutput(STREAM_BYTES), stderr: new BoundedOutput(STREAM_BYTES) }
  // Copied: a piece is cut out of a buffer that may be much larger.
  for await (const { stream, bytes } of session.output) output[stream].add(Uint8Array.from(bytes))
  const exitCode = await exitCodeAfterEnd(session)
  return {
    exitCode,
    stdout: output.stdout.text(),
    stderr: output.stderr.text(),
    truncated: output.stdout.isTruncated || output.stderr.isTruncated,
  }
}

function noShell({ name }: Place): AgentError {
  return new AgentError(
    'PRECONDITION_FAILED',
    `The image of ${name} has no shell (/bin/sh), and cannot run Berth’s service.`,
    {
      hint: 'Use an image that has a shell; one with glibc 2.28 or later gives you everything.',
    },
  )
}
