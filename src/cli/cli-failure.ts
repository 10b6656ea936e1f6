import { EXIT } from './exit-codes.ts'

export interface CliFailureDetails {
  /** For programs: a code of the contract, or one of the command's own (`AGENT_UNAVAILABLE`, `USAGE` …). */
  code?: string
  /** What to do about it, as a sentence. */
  hint?: string | undefined
  exitCode?: number
  /** What `--json` tells beside code, message and hint. */
  data?: Record<string, unknown>
}

/** A command cannot go on: what happened, what to do, and what to end with. */
export class CliFailure extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly exitCode: number
  readonly data: Record<string, unknown>

  constructor(message: string, { code = 'FAILED', hint, exitCode = EXIT.failed, data = {} }: CliFailureDetails = {}) {
    super(message)
    this.name = 'CliFailure'
    this.code = code
    this.hint = hint
    this.exitCode = exitCode
    this.data = data
  }
}

/** The command line itself says something that cannot be done. */
export function usageFailure(message: string, hint?: string): CliFailure {
  return new CliFailure(message, { code: 'USAGE', hint, exitCode: EXIT.usage })
}
