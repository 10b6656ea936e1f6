import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { CLOSE } from '../../contract/terminal/limits.ts'
import type { ServerMessage } from '../../contract/terminal/messages.ts'
import { AgentError } from '../agent-error.ts'

/** What a client is told, on a channel for bytes, when what it asks for cannot be reached. Closes nothing. */
export function describeRefusal(error: unknown, log: Logger): Extract<ServerMessage, { type: 'error' }> {
  if (error instanceof AgentError) {
    const { code, message, hint } = error
    return { type: 'error', code, message, ...(hint === undefined ? {} : { hint }) }
  }
  const incident = randomUUID()
  log.error({ err: error, incident }, 'a channel could not be joined')
  return { type: 'error', code: 'INTERNAL_SERVER_ERROR', message: `The agent failed; its log has ${incident}.` }
}

/** The close code of a terminal that cannot be had, by the code of the refusal. A workspace that does not run has stopped. */
export function closeCodeOf(code: string): number {
  if (code === 'NOT_FOUND') return CLOSE.notFound
  return code === 'PRECONDITION_FAILED' ? CLOSE.stopped : CLOSE.failed
}
