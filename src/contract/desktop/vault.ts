import { z } from 'zod'

/** Why what is entered does not rest in the keychain: there is none, nobody unlocked it, or it failed. */
export const KeychainTrouble = z.enum(['absent', 'locked', 'failed'])
export type KeychainTrouble = z.infer<typeof KeychainTrouble>

const Count = z.number().int().nonnegative()

/** Where the secrets of this computer's worker rest. Numbers and words alone: no name of a secret, no value, no path. */
export const VaultStatus = z.discriminatedUnion('place', [
  /** Nobody has asked: the agent starts, or is not the app's own and keeps its secrets itself. */
  z.object({ place: z.literal('unused') }),
  /** `moved`: how many had to wait for the keychain since the app started, and are in it now. */
  z.object({ place: z.literal('keychain'), moved: Count }),
  /** `waiting`: how many changes are in memory alone, and gone when the app ends. */
  z.object({ place: z.literal('memory'), trouble: KeychainTrouble, waiting: Count }),
  /** `waiting`: how many changes are in a file that its owner alone may read, until the keychain is there. */
  z.object({ place: z.literal('file'), trouble: KeychainTrouble, waiting: Count }),
])
export type VaultStatus = z.infer<typeof VaultStatus>

/** Values by their names; what they mean is the agent's. */
export const VaultSecrets = z.record(z.string().max(400), z.string())
export type VaultSecrets = z.infer<typeof VaultSecrets>

/** Null forgets. */
export const VaultPatch = z.record(z.string().max(400), z.string().nullable())
export type VaultPatch = z.infer<typeof VaultPatch>

/** What the agent's process asks main; each question is answered once, with its `id`. */
export const VaultQuestion = z.strictObject({
  kind: z.literal('vault'),
  id: z.number().int().nonnegative(),
  ask: z.discriminatedUnion('verb', [
    z.strictObject({ verb: z.literal('load') }),
    z.strictObject({ verb: z.literal('apply'), patch: VaultPatch }),
  ]),
})
export type VaultQuestion = z.infer<typeof VaultQuestion>

export const VaultAnswer = z.strictObject({
  kind: z.literal('vault-answer'),
  id: z.number().int().nonnegative(),
  /** All that is stored, after what was asked; absent where it failed, and then nothing has changed. */
  secrets: VaultSecrets.optional(),
  status: VaultStatus,
})
export type VaultAnswer = z.infer<typeof VaultAnswer>

/** The keychain is there again: what was loaded before may not be all. */
export const VaultNews = z.strictObject({ kind: z.literal('vault-news'), status: VaultStatus })
export type VaultNews = z.infer<typeof VaultNews>
