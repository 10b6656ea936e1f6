import { z } from 'zod'
import { Timestamp } from '../names.ts'

/** Chosen by whoever makes the terminal (a UUID), so that asking twice makes one. */
export const TerminalId = z.uuid()

export const Columns = z.number().int().min(1).max(1000)
export const Rows = z.number().int().min(1).max(1000)

/** How a terminal ended: a code, or the signal that ended it. */
export const TerminalExit = z.object({ code: z.number().int(), signal: z.number().int().optional() })
export type TerminalExit = z.infer<typeof TerminalExit>

export const TerminalRecord = z.object({
  id: TerminalId,
  title: z.string().max(200),
  createdAt: Timestamp,
  cols: Columns,
  rows: Rows,
  /** Absent while its program runs. */
  exit: TerminalExit.optional(),
  /** Clients attached now. */
  clients: z.number().int().nonnegative(),
})
export type TerminalRecord = z.infer<typeof TerminalRecord>
