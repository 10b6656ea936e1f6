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

/** What a close code says for good; `undefined` where the connection may be made anew. */
export function failureOfClose(code: number): TerminalFailure | undefined {
  switch (code) {
    case CLOSE.stopped:
      return failed('STOPPED', 'The workspace was stopped, and its terminals with it.', 'Start it and open a new one.')
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
