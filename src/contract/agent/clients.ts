import { oc } from '@orpc/contract'
import { z } from 'zod'
import { declareErrors } from '../errors.ts'
import { Identifier, LineOfText, Timestamp } from '../names.ts'

export const Scope = z.enum(['read', 'operate', 'admin'])
export type Scope = z.infer<typeof Scope>

export const PairedClient = z.object({
  id: Identifier,
  name: z.string().max(120),
  scope: Scope,
  createdAt: Timestamp,
  lastSeenAt: Timestamp.optional(),
})
export type PairedClient = z.infer<typeof PairedClient>

export const PairingCode = z.object({ code: z.string(), expiresAt: Timestamp, scope: Scope })
export type PairingCode = z.infer<typeof PairingCode>

export const clients = {
  list: oc.errors(declareErrors('FORBIDDEN')).output(z.array(PairedClient)),
  /** Forgets the client's token and closes its sockets at once. */
  revoke: oc
    .errors(declareErrors('FORBIDDEN', 'NOT_FOUND'))
    .input(z.strictObject({ id: Identifier }))
    .output(z.object({ success: z.literal(true) })),
  /**
   * A new one-time code; it replaces the one before. Traded at `POST /pair` for a token of `scope` (`operate`, where that is
   * left out).
   */
  pair: oc
    .errors(declareErrors('FORBIDDEN'))
    .input(z.strictObject({ scope: Scope.optional() }).optional())
    .output(PairingCode),
}

/** Body of `POST /pair`. The code's case, spaces and dashes are ignored. */
export const PairRequest = z.strictObject({ code: z.string().max(40), name: LineOfText.min(1).max(120) })
export type PairRequest = z.infer<typeof PairRequest>

/** Answer of `POST /pair`: the only time that the token is told. */
export const PairResponse = z.object({ token: z.string(), client: PairedClient })
export type PairResponse = z.infer<typeof PairResponse>
