import type { ErrorCode } from '../contract/errors.ts'

/** Why a terminal cannot be had. */
export class TerminalRefusal extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, hint?: string) {
    super(message)
    this.name = 'TerminalRefusal'
    this.code = code
    this.hint = hint
  }
}
