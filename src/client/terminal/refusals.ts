import type { ErrorCode } from '../../contract/errors.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import type { TerminalState } from '../worker-client.ts'

export type TerminalFailure = Extract<TerminalState, { status: 'failed' }>

export function failed(code: string, message: string, hint?: string): TerminalFailure {
  return { status: 'failed', code, message, hint }
}

/** What passes by itself: worth another attempt once a terminal was there. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'TIMEOUT',
  'TOO_MANY_REQUESTS',
  'INTERNAL_SERVER_ERROR',
  'ENGINE_ERROR',
  'ENGINE_UNAVAILABLE',
] satisfies ErrorCode[])

export function mayPass(code: ErrorCode): boolean {
  return PASSING.has(code)
}

/** What passes by itself of a way to a terminal that is there: its workspace or the engine is just not answering. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set([
  'TIMEOUT',
  'ENGINE_ERROR',
  'ENGINE_UNAVAILABLE',
] satisfies ErrorCode[])

export function isUnanswered(code: ErrorCode): boolean {
  return UNANSWERED.has(code)
}

/** What a refusal says of a terminal that was there: it ended with its workspace, which does not run any more. */
export function isStopOf(code: string): boolean {
  return code === ('PRECONDITION_FAILED' satisfies ErrorCode)
}

/** What a close code says for good; `undefined` where the connection may be made anew. */
export function endOfClose(code: number): TerminalState | undefined {
  switch (code) {
    case CLOSE.stopped:
      return { status: 'stopped' }
    case CLOSE.unauthorized:
      return failed('UNAUTHORIZED', 'The worker does not know this client any more.', 'Pair with it again.')
    case CLOSE.notFound:
      return failed('NOT_FOUND', 'There is no such workspace.')
    case CLOSE.exited:
      return failed('ENDED', 'The terminal has ended.')
    default:
      return undefined
  }
}
