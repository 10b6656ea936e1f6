import { z } from 'zod'
import { CertificateFingerprint } from '../../../contract/desktop/pairing.ts'
import { WorkerLabel } from '../../../contract/desktop/worker.ts'
import { Identifier, Timestamp } from '../../../contract/names.ts'
import { parseWorkerAddress } from '../../../domain/worker-address.ts'

/** A remote worker as it is remembered. Its token is not in here: that lies in the keychain. */
export const WorkerRecord = z.object({
  id: Identifier,
  label: WorkerLabel,
  /** As `formatWorkerAddress` writes it. */
  address: z.string().refine((text) => parseWorkerAddress(text) !== undefined),
  /** Of the one certificate that counts, where no authority vouches for it. */
  fingerprint: CertificateFingerprint.optional(),
  /** Which agent it is, once it was reached: the same one under another address is the same worker. */
  agentId: z.string().max(120).optional(),
  hostname: z.string().max(255).optional(),
  version: z.string().max(80).optional(),
  /** It lets this computer in without a token: over ssh, or by its tailnet identity. */
  isTokenless: z.boolean().optional(),
  lastSeenAt: Timestamp.optional(),
})
export type WorkerRecord = z.infer<typeof WorkerRecord>

/** How late what is remembered of when a worker was there may be. */
const SEEN_MS = 600_000

/** The record of a worker that is there `at` (ms since the epoch): the same one, where it says about as much already. */
export function seenAt(record: WorkerRecord, at: number): WorkerRecord {
  const before = record.lastSeenAt === undefined ? undefined : Date.parse(record.lastSeenAt)
  if (before !== undefined && at - before < SEEN_MS) return record
  return { ...record, lastSeenAt: new Date(at).toISOString() }
}
