import { z } from 'zod'
import { KeychainTrouble } from '../../contract/desktop/vault.ts'

/** What main asks the thread that calls the keychain, and what it hears; `id` says which answer is to what. */
export const KeychainCall = z.discriminatedUnion('verb', [
  z.strictObject({ id: z.number(), verb: z.literal('read'), account: z.string() }),
  z.strictObject({ id: z.number(), verb: z.literal('write'), account: z.string(), text: z.string() }),
  z.strictObject({ id: z.number(), verb: z.literal('remove'), account: z.string() }),
])
export type KeychainCall = z.infer<typeof KeychainCall>

export const KeychainReply = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.number(), ok: z.literal(true), text: z.string().optional() }),
  z.strictObject({ id: z.number(), ok: z.literal(false), trouble: KeychainTrouble, message: z.string() }),
])
export type KeychainReply = z.infer<typeof KeychainReply>
