import type { CreationStep, WorkspaceFailure } from '../../contract/agent/workspace.ts'
import { AgentError } from '../agent-error.ts'
import { plainWords } from '../engine/docker/translate.ts'
import { EngineFailure, EngineUnavailable, PortTaken } from '../engine/errors.ts'
import { RuntimeRefused, RuntimeUnreachable } from '../runtime/runtime-http.ts'
import { StepFailed } from './step-failed.ts'

/**
 * A failure of the engine or a runtime in words for a client; `doing` ends the sentence "Docker did not answer while …".
 * What is none of these is a bug and comes back as it is.
 */
export function toAgentError(error: unknown, doing: string): unknown {
  if (error instanceof AgentError) return error
  if (error instanceof EngineUnavailable) {
    return new AgentError('ENGINE_UNAVAILABLE', `Docker did not answer while ${doing}.`, {
      hint: 'See whether Docker is running, then try again.',
      cause: error,
    })
  }
  if (error instanceof PortTaken) {
    return new AgentError('ENGINE_ERROR', `Port ${error.port} of this computer is in use by another program.`, {
      hint: `End the program that listens on port ${error.port}, then start the workspace again.`,
      cause: error,
    })
  }
  if (error instanceof EngineFailure) {
    return new AgentError('ENGINE_ERROR', `Docker failed while ${doing}: ${plainWords(error.message)}`, {
      cause: error,
    })
  }
  if (isDiskFull(error)) {
    return new AgentError('ENGINE_ERROR', `The disk of the worker is full: nothing could be written while ${doing}.`, {
      hint: 'Free some space on the disk with Berth’s folder, then try again.',
      cause: error,
    })
  }
  if (error instanceof RuntimeUnreachable) {
    return new AgentError('ENGINE_ERROR', 'The service inside the workspace did not answer.', {
      hint: 'It is started again by itself; try again in a moment, or restart the workspace.',
      cause: error,
    })
  }
  if (error instanceof RuntimeRefused) {
    const hint = error.hint === undefined ? {} : { hint: error.hint }
    return new AgentError('ENGINE_ERROR', error.message, { ...hint, cause: error })
  }
  return error
}

const FULL = new Set(['ENOSPC', 'EDQUOT'])

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && FULL.has(error.code)
}

/** What is shown of a step that failed. */
export function toFailure(error: unknown, step: CreationStep | 'run', doing: string): WorkspaceFailure {
  const known = toAgentError(error, doing)
  if (!(known instanceof AgentError)) {
    const hint = 'The agent’s log has the cause. Start the workspace to try again, or delete it.'
    return { step, code: 'INTERNAL_SERVER_ERROR', message: `Berth failed while ${doing}.`, hint }
  }
  const hint = known.hint ?? 'Start the workspace to try again, or delete it.'
  const reason = known instanceof StepFailed ? { reason: known.reason } : {}
  return { step, code: known.code, ...reason, message: known.message.slice(0, 500), hint: hint.slice(0, 500) }
}

/** Whether the engine did not answer. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof EngineUnavailable || (error instanceof AgentError && error.cause instanceof EngineUnavailable)
}
