import { oc } from '@orpc/contract'
import { z } from 'zod'
import { declareErrors } from '../errors.ts'
import { Identifier, Timestamp } from '../names.ts'

/** One thing that somebody did with the worker, or tried to. Text of others is bounded, and holds no control characters. */
export const AuditEntry = z.object({
  /** Grows with time. */
  id: Identifier,
  at: Timestamp,
  /** Who: `local` is whoever may read the agent's folder, `nobody` came without a token that counts. */
  client: z.object({ id: Identifier, name: z.string().max(120).optional() }),
  /** The way it came: the folder's socket and the app's own ports, or an address. */
  face: z.object({ kind: z.enum(['socket', 'network']), address: z.string().max(64).optional() }),
  /** A procedure (`workspaces.delete`), or `pair`, `authenticate`, `terminal.open`, `upload.open`. */
  action: z.string().max(80),
  /** What it was about: a workspace, a client, the name of a variable. Never a value. */
  subject: z.string().max(200).optional(),
  /** `refused`: it was not allowed. `failed`: it was, and did not work. Each with its code. */
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('done') }),
    z.object({ kind: z.enum(['refused', 'failed']), code: z.string().max(40) }),
  ]),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const audit = {
  /** Newest first, `limit` (100) of those before the entry `before`. The answer's `before` leads on; without one it was all. */
  list: oc
    .errors(declareErrors('FORBIDDEN'))
    .input(
      z.strictObject({ before: Identifier.optional(), limit: z.number().int().min(1).max(500).optional() }).optional(),
    )
    .output(z.object({ entries: z.array(AuditEntry).max(500), before: Identifier.optional() })),
}
