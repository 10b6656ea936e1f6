import { z } from 'zod'

/** What every failure may carry beside its message: the next step for a person, and details a program can use. */
export const FailureData = z.object({
  /** What to do about it, as a sentence. */
  hint: z.string().max(500).optional(),
  /** Validation issues by path, for `BAD_REQUEST`. */
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .max(50)
    .optional(),
  /** Set on `INTERNAL_SERVER_ERROR`: the id under which the agent's log has the cause. */
  incident: z.string().optional(),
})
export type FailureData = z.infer<typeof FailureData>

/** Every code that the agent answers with, and the HTTP status that goes with it. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TIMEOUT: 408,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  VERSION_MISMATCH: 426,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  ENGINE_ERROR: 502,
  ENGINE_UNAVAILABLE: 503,
  PORT_EXHAUSTED: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- Object.keys forgets the literal types
export const ErrorCode = z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]])

type ErrorItem = { status: number; data: z.ZodOptional<typeof FailureData> }

/** The error map of a procedure: each code that it declares, all with `FailureData`. */
export function declareErrors<const Code extends ErrorCode>(...codes: Code[]): Record<Code, ErrorItem> {
  const map: Partial<Record<ErrorCode, ErrorItem>> = {}
  for (const code of codes) map[code] = { status: ERROR_STATUS[code], data: FailureData.optional() }
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- filled just above, for each code
  return map as Record<Code, ErrorItem>
}
