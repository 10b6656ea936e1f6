import { z } from 'zod'
import { Columns, Rows, TerminalRecord } from '../terminal/terminal.ts'

/** ECMA-262, “Time Values and Time Range”. */
const LATEST_MS = 8_640_000_000_000_000
const Offset = z.number().int().nonnegative()

/** What a runtime leaves of a terminal beside its ring: see `state-folder.ts`. */
export const KeptTerminal = z.object({
  record: TerminalRecord,
  /** When its program ended by itself (ms since the epoch): a time that a `Date` can be of. */
  exitedAtMs: z.number().min(0).max(LATEST_MS).optional(),
  screen: z.object({
    base: z.object({
      /** Where the output begins that is not in the state. */
      offset: Offset,
      /** Path of a file beside the ring with the screen at `offset`. Absent: it was empty but for `modes`. */
      stateFile: z.string().optional(),
      /** Sequences that come first. */
      modes: z.string(),
    }),
    /** The size at the base, and those since. */
    sizes: z.array(z.object({ cols: Columns, rows: Rows, offset: Offset })).min(1),
  }),
})
export type KeptTerminal = z.infer<typeof KeptTerminal>
