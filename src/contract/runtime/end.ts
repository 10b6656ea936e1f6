import { z } from 'zod'
import { DeletionReport } from '../agent/workspace.ts'
import { RuntimeBoot } from './boot.ts'

/**
 * What the agent writes to the standard input of `runtime.cjs end-programs`, which ends all that runs in a workspace: one
 * line of JSON.
 */
export const EndOrder = z.strictObject({
  /** As in `RuntimeBoot`. */
  user: RuntimeBoot.shape.user,
  /** Whether to look, once all has ended and saved what it held, for what a deletion would lose. */
  report: z.boolean(),
})
export type EndOrder = z.infer<typeof EndOrder>

/** The line that it prints when it is done. */
export const EndAnswer = z.object({
  /** What did not end, in words; empty where all has. */
  left: z.string(),
  report: DeletionReport.optional(),
})
export type EndAnswer = z.infer<typeof EndAnswer>
