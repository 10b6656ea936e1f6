import { randomUUID } from 'node:crypto'
import type { ExecInput, ExecResult } from '../../contract/agent/workspace.ts'
import { formatEnvironment } from '../../domain/shell-quote.ts'
import { AgentError } from '../agent-error.ts'
import type { PreparedPlace } from './place.ts'
import { gather, shellCommand } from './run-script.ts'
import { COMMAND } from './scripts.ts'
import { endSessions } from './sessions.ts'

/**
 * Runs a program in a container without the runtime, as the image's user. When its time is over or `signal` aborts, its
 * session is ended by pid before this settles. Throws `AgentError` (`TIMEOUT`), or the signal's reason.
 */
export async function runCommand(
  place: PreparedPlace,
  input: Omit<ExecInput, 'name'>,
  signal: AbortSignal,
): Promise<ExecResult> {
  const { engine, containerId, home } = place
  const [id, end] = [randomUUID(), randomUUID()]
  const parameters = [id, input.cwd ?? '', home, end, ...input.command]
  const exec = {
    command: shellCommand({ text: COMMAND, parameters }),
    user: '',
    // First what only this program is to know, which neither argv nor the engine is told.
    stdin: `${formatEnvironment(input.env ?? {})}${end}\n${input.stdin ?? ''}`,
    endsInput: true,
  }
  signal.throwIfAborted()
  const session = await engine.containers.exec(containerId, exec)
  const limit = limitOf(input.timeoutSeconds, signal)
  const gathering = gather(session)
  // Where it is not waited for to its end, its stream is cut.
  gathering.catch(() => undefined)
  try {
    const ended = await Promise.race([gathering, limit.reached])
    if (ended !== 'reached') return ended
  } finally {
    limit.dispose()
    session.close()
  }
  await endSessions(engine, place, { ids: [id], first: 'TERM' })
  signal.throwIfAborted()
  const message = `The command did not end in ${input.timeoutSeconds ?? '?'} seconds and was killed.`
  throw new AgentError('TIMEOUT', message, { hint: 'Give it more time, or run it in a terminal.' })
}

function limitOf(seconds: number | undefined, signal: AbortSignal): { reached: Promise<'reached'>; dispose(): void } {
  let reach = (): void => undefined
  const reached = new Promise<'reached'>((resolve) => {
    reach = () => resolve('reached')
  })
  const timer = seconds === undefined ? undefined : setTimeout(reach, seconds * 1000)
  signal.addEventListener('abort', reach, { once: true })
  // Aborted while the engine was asked to run it.
  if (signal.aborted) reach()
  return {
    reached,
    dispose: () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', reach)
    },
  }
}
