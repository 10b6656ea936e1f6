import { z } from 'zod'
import { LineOfText, Timestamp } from '../names.ts'
import { MAX_SIDE_CELLS } from './limits.ts'

/** Chosen by whoever makes the terminal (a UUID), so that asking twice makes one. */
export const TerminalId = z.uuid()

export const Columns = z.number().int().min(1).max(MAX_SIDE_CELLS)
export const Rows = z.number().int().min(1).max(MAX_SIDE_CELLS)

/** How a terminal ended: a code, or the signal that ended it. */
export const TerminalExit = z.object({ code: z.number().int(), signal: z.number().int().optional() })
export type TerminalExit = z.infer<typeof TerminalExit>

/** A title that a person gives; empty: back to the program's own. */
export const RenamedTitle = LineOfText.max(200)

export const TerminalRecord = z.object({
  id: TerminalId,
  /** Given by a person, else by its program (OSC 0 and 2), else of its command. */
  title: z.string().max(200),
  /** A person gave the title: the program's own does not take its place. */
  isRenamed: z.boolean().default(false),
  /** Where its shell is, as the program says (OSC 7). */
  cwd: z.string().max(4096).optional(),
  createdAt: Timestamp,
  cols: Columns,
  rows: Rows,
  /** Absent while its program runs, and where it did not end by itself. */
  exit: TerminalExit.optional(),
  /** It ended with its workspace, or with the service that held it: its last screen can be read. */
  endedBy: z.enum(['stop']).optional(),
  /** When its program ended; absent where nobody knows. */
  endedAt: Timestamp.optional(),
  /** Clients attached now. */
  clients: z.number().int().nonnegative(),
})
export type TerminalRecord = z.infer<typeof TerminalRecord>
