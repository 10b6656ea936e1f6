import { z } from 'zod'
import { FailureData } from '../../contract/errors.ts'
import { strings } from '../strings/index.ts'

/** Why a call failed, for people: what happened, what to do, and the code for those who help. */
export type CallFailure = {
  code: string
  message: string
  hint: string | undefined
  issues: { path: string; message: string }[]
}

/** What a worker declares, and what the link to it throws: both have a code. */
const Failed = z.object({ code: z.string(), message: z.string(), data: FailureData.optional().catch(undefined) })

/** Reads what a call threw. Only what the contract declares is shown as it is; a bug shows the id it was noted under. */
export function failureOf(error: unknown): CallFailure {
  const failed = Failed.safeParse(error)
  if (!failed.success) {
    const message = error instanceof Error && error.message !== '' ? error.message : strings.workspace.unknownError
    return { code: 'UNKNOWN', message, hint: undefined, issues: [] }
  }
  const { code, message, data } = failed.data
  const incident = data?.incident === undefined ? undefined : strings.workspace.incident(data.incident)
  return { code, message, hint: data?.hint ?? incident, issues: data?.issues ?? [] }
}
