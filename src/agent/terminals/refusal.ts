import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
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
