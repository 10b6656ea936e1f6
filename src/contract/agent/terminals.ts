import { oc } from '@orpc/contract'
import { z } from 'zod'
import { declareErrors } from '../errors.ts'
import { WorkspaceName } from '../names.ts'
import { RenamedTitle, TerminalId, TerminalRecord } from '../terminal/terminal.ts'

/** A terminal as clients of the agent see it. Bytes travel apart: see `src/contract/terminal`. */
export const Terminal = TerminalRecord.extend({ workspace: WorkspaceName })
export type Terminal = z.infer<typeof Terminal>

const errors = declareErrors('NOT_FOUND', 'PRECONDITION_FAILED', 'ENGINE_UNAVAILABLE', 'ENGINE_ERROR')

export const terminals = {
  /** Terminals of one workspace in order of their creation; of one that is stopped, those whose last screens can be read. */
  list: oc
    .errors(errors)
    .input(z.strictObject({ workspace: WorkspaceName }))
    .output(z.array(Terminal)),
  /** Gives the terminal a title in place of its program's; an empty one gives that back. */
  rename: oc
    .errors(errors)
    .input(z.strictObject({ workspace: WorkspaceName, terminal: TerminalId, title: RenamedTitle }))
    .output(z.object({ success: z.literal(true) })),
  /** Ends the terminal and every process of its session. */
  close: oc
    .errors(errors)
    .input(z.strictObject({ workspace: WorkspaceName, terminal: TerminalId }))
    .output(z.object({ success: z.literal(true) })),
}
