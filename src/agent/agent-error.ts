import type { ErrorCode } from '../contract/errors.ts'

/**
 * A failure that a client is told: its code is in the contract of the procedure it comes from, its message says what
 * happened and why, its hint what to do. Everything else that is thrown is a bug and reaches a client as an incident id.
 */
export class AgentError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  /** Further data that the contract of this code declares (a deletion report). */
  readonly data: Record<string, unknown> | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; data?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AgentError'
    this.code = code
    this.hint = options.hint
    this.data = options.data
  }
}
