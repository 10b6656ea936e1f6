import { z } from 'zod'
import { Timestamp } from '../names.ts'

/** Where a line of a workspace's log comes from: its set-up steps, the build of its image, its scripts, its container. */
export const LogSource = z.enum(['setup', 'build', 'script', 'container'])
export type LogSource = z.infer<typeof LogSource>

/** Longest line that is told, in UTF-16 units; what is longer is cut. */
export const LONGEST_LOG_LINE = 8192

export const LogLine = z.object({
  /** Absent where the time is not known. */
  at: Timestamp.optional(),
  source: LogSource,
  /** Without its end. As printed: it may hold control characters. */
  text: z.string().max(LONGEST_LOG_LINE),
})
export type LogLine = z.infer<typeof LogLine>
