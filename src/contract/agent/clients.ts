import { oc } from '@orpc/contract'
import { z } from 'zod'
import { declareErrors } from '../errors.ts'
import { Identifier, LineOfText, Timestamp } from '../names.ts'

export const Scope = z.enum(['read', 'operate', 'admin'])
export type Scope = z.infer<typeof Scope>

/** What a client calls itself, or is called by whoever made its token. */
export const ClientName = LineOfText.min(1).max(120)

/** How a client is known: by the token of a pairing, by one that was made for a program, or as a user of the tailnet. */
export const ClientKind = z.enum(['paired', 'token', 'tailnet'])
export type ClientKind = z.infer<typeof ClientKind>

export const PairedClient = z.object({
  id: Identifier,
  name: z.string().max(120),
  scope: Scope,
  /** Absent from an agent that knows pairing alone. */
  kind: ClientKind.optional(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp.optional(),
  /** Where it was seen last: an IP address of a computer, or of the proxy before it. */
  lastAddress: z.string().max(64).optional(),
  /** From then on its token counts for nothing. Absent: until it is revoked. */
  expiresAt: Timestamp.optional(),
})
export type PairedClient = z.infer<typeof PairedClient>

/** Days that a token may count for: at most ten years. */
export const TokenDays = z.number().int().min(1).max(3650)

/** A token and whose it is, as `POST /pair` and `addToken` answer: the only time that it is told. */
export const PairResponse = z.object({ token: z.string(), client: PairedClient })
export type PairResponse = z.infer<typeof PairResponse>

export const PairingCode = z.object({
  code: z.string(),
  /** By the worker's clock, which may differ from that of whoever reads it. */
  expiresAt: Timestamp,
  /** How long it counts from now on. Absent from an agent that tells only when it ends. */
  lifetimeMs: z.number().int().positive().optional(),
  scope: Scope,
})
export type PairingCode = z.infer<typeof PairingCode>

export const clients = {
  list: oc.errors(declareErrors('FORBIDDEN')).output(z.array(PairedClient)),
  /** Forgets the client's token and closes its sockets at once. */
  revoke: oc
    .errors(declareErrors('FORBIDDEN', 'NOT_FOUND'))
    .input(z.strictObject({ id: Identifier }))
    .output(z.object({ success: z.literal(true) })),
  /** Forgets the caller's own token, whatever its scope. `NOT_FOUND` for who has come without one. */
  leave: oc.errors(declareErrors('NOT_FOUND')).output(z.object({ success: z.literal(true) })),
  /**
   * A new one-time code; it replaces the one before. Traded at `POST /pair` for a token of `scope` (`operate`, where that is
   * left out).
   */
  pair: oc
    .errors(declareErrors('FORBIDDEN'))
    .input(z.strictObject({ scope: Scope.optional() }).optional())
    .output(PairingCode),
  /** A token for a program, which ends by itself after `days`. */
  addToken: oc
    .errors(declareErrors('FORBIDDEN'))
    .input(z.strictObject({ name: ClientName, scope: Scope, days: TokenDays }))
    .output(PairResponse),
}

/** Body of `POST /pair`. The code's case, spaces and dashes are ignored. */
export const PairRequest = z.strictObject({ code: z.string().max(40), name: ClientName })
export type PairRequest = z.infer<typeof PairRequest>
