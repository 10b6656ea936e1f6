import { z } from 'zod'
import { Scope } from '../agent/clients.ts'
import { Diagnostic } from '../agent/info.ts'
import { Identifier, LineOfText, Timestamp } from '../names.ts'

export const WorkerStatus = z.enum(['active', 'connecting', 'unreachable', 'unauthorized', 'incompatible'])
export type WorkerStatus = z.infer<typeof WorkerStatus>

/** How a worker is reached: in the app itself, over plain HTTP to one of three kinds of address, by TLS, or through ssh. */
export const WorkerPath = z.enum(['embedded', 'loopback', 'tailnet', 'tls', 'ssh', 'plain'])
export type WorkerPath = z.infer<typeof WorkerPath>

export const WorkerLabel = LineOfText.min(1).max(120)

/** All that a screen learns of a worker: no address, no token, no path of the machine. */
export const WorkerSummary = z.object({
  id: Identifier,
  label: z.string().max(120),
  kind: z.enum(['embedded', 'remote']),
  status: WorkerStatus,
  path: WorkerPath,
  /** Of its agent, once known. */
  version: z.string().max(80).optional(),
  /** What it calls itself, once known. */
  hostname: z.string().max(255).optional(),
  /** What this computer may do there, once known. */
  scope: Scope.optional(),
  lastSeenAt: Timestamp.optional(),
  /** How long it takes to answer, in tens of milliseconds, where that is long enough to be noticed. */
  roundTripMs: z.number().int().positive().optional(),
  /** While it is unreachable: when it is tried next. */
  retryAt: Timestamp.optional(),
  capabilities: z.array(z.string().max(80)).max(256),
  diagnostics: z.array(Diagnostic).max(16),
})
export type WorkerSummary = z.infer<typeof WorkerSummary>
