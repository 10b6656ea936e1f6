import { z } from 'zod'
import { Diagnostic } from '../agent/info.ts'
import { Identifier, Timestamp } from '../names.ts'

export const WorkerStatus = z.enum(['active', 'connecting', 'unreachable', 'unauthorized', 'incompatible'])
export type WorkerStatus = z.infer<typeof WorkerStatus>

/** All that a screen learns of a worker: no address, no token, no path of the machine. */
export const WorkerSummary = z.object({
  id: Identifier,
  label: z.string().max(120),
  kind: z.enum(['embedded', 'remote']),
  status: WorkerStatus,
  lastSeenAt: Timestamp.optional(),
  capabilities: z.array(z.string().max(80)).max(256),
  diagnostics: z.array(Diagnostic).max(16),
})
export type WorkerSummary = z.infer<typeof WorkerSummary>
