import { randomUUID } from 'node:crypto'
import { ORPCError } from '@orpc/server'
import type { Logger } from 'pino'
import { z } from 'zod'
import { ERROR_STATUS, type ErrorCode } from '../../contract/errors.ts'
import { AgentError } from '../agent-error.ts'

const MOST_ISSUES = 50
const LONGEST_HINT = 500

export interface FailureContext {
  /** The procedure that failed. */
  path: readonly string[]
  /** Whether the contract of that procedure declares `code`. */
  isDeclared(code: string): boolean
  /** Whether the caller has gone. */
  isAborted: boolean
  log: Logger
}

/**
 * What a client is told of `error`: a failure that its procedure declares, as it is; input that does not fit, with each
 * issue; anything else is a bug, is logged, and reaches the client as the id under which the log has it.
 */
export function toWire(error: unknown, context: FailureContext): ORPCError<string, unknown> {
  if (error instanceof AgentError && context.isDeclared(error.code)) {
    const { code, message, hint, data } = error
    return failure(code, message, { ...(hint === undefined ? {} : { hint: hint.slice(0, LONGEST_HINT) }), ...data })
  }
  if (error instanceof Refused) return error.told
  const validation = error instanceof ORPCError ? ValidationData.safeParse(error.data) : undefined
  if (validation?.success === true) return invalidInput(validation.data.issues)
  if (context.isAborted) return new ORPCError('CLIENT_CLOSED_REQUEST')
  return toIncident(error, context)
}

function failure(code: ErrorCode, message: string, data?: Record<string, unknown>): ORPCError<string, unknown> {
  return new ORPCError(code, { status: ERROR_STATUS[code], message, data: data ?? {} })
}

/** A refusal of the call itself, which no procedure needs to declare. */
export class Refused extends Error {
  readonly told: ORPCError<string, unknown>

  constructor(code: ErrorCode, message: string, hint: string) {
    super(message)
    this.name = 'Refused'
    this.told = failure(code, message, { hint })
  }
}

function toIncident(error: unknown, { log, path }: FailureContext): ORPCError<string, unknown> {
  const incident = randomUUID()
  log.error({ err: error, incident, procedure: path.join('.') }, 'a call failed')
  return failure('INTERNAL_SERVER_ERROR', `Something went wrong in the agent. Its log has it under ${incident}.`, {
    incident,
  })
}

/** Issues as Standard Schema reports them. */
const ValidationData = z.object({
  issues: z.array(
    z.object({
      message: z.string(),
      path: z.array(z.union([z.string(), z.number(), z.object({ key: z.union([z.string(), z.number()]) })])).optional(),
    }),
  ),
})

function invalidInput(issues: z.infer<typeof ValidationData>['issues']): ORPCError<string, unknown> {
  const told = issues.slice(0, MOST_ISSUES).map(({ path = [], message }) => ({
    path: path.map((part) => (typeof part === 'object' ? part.key : part)).join('.'),
    message,
  }))
  const first = told[0]
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `
  return failure('BAD_REQUEST', first === undefined ? 'The input does not fit.' : `${where}${first.message}`, {
    issues: told,
  })
}
