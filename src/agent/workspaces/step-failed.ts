import type { FailureReason } from '../../contract/agent/workspace.ts'
import type { ErrorCode } from '../../contract/errors.ts'
import { AgentError } from '../agent-error.ts'

/** A creation step that failed for a reason which screens and programs can make something of. */
export class StepFailed extends AgentError {
  readonly reason: FailureReason

  constructor(reason: FailureReason, message: string, hint: string) {
    super(CODES[reason] ?? 'PRECONDITION_FAILED', message, { hint })
    this.name = 'StepFailed'
    this.reason = reason
  }
}

const CODES: Partial<Record<FailureReason, ErrorCode>> = {
  authentication: 'UNAUTHORIZED',
  repository_missing: 'NOT_FOUND',
  branch_missing: 'NOT_FOUND',
  host_unreachable: 'TIMEOUT',
  script_timeout: 'TIMEOUT',
  branch_exists: 'CONFLICT',
  folder_in_use: 'CONFLICT',
}
