import { z } from 'zod'

/** Longer than an RSA key of 16,384 bits with its comment: what is longer is no public key. */
const LONGEST_KEY = 8192
const KEY_TYPES = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp(?:256|384|521)',
  'sk-ssh-ed25519@openssh\\.com',
  'sk-ecdsa-sha2-nistp256@openssh\\.com',
]
const KEY_LINE = new RegExp(`^(?:${KEY_TYPES.join('|')}) [A-Za-z0-9+/]{16,}={0,2}(?: \\P{Cc}*)?$`, 'u')

/**
 * An OpenSSH public key as a `.pub` file has it: one line of type, key and comment (sshd(8), AUTHORIZED_KEYS FILE
 * FORMAT). It begins with a type that is known, so that no options (`command=…`) can stand before it.
 */
export const PublicKey = z
  .string()
  .max(LONGEST_KEY, 'A public key is not that long.')
  .trim()
  .regex(KEY_LINE, 'Give one line of a .pub file: type, key and comment, without options.')
export type PublicKey = z.infer<typeof PublicKey>

/** A user as a line of an ssh configuration can name it. It comes out of a workspace: nothing else may stand in it. */
export const SshUser = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,255}$/)

/** How a workspace is reached by SSH, from the computer of its agent. Each value may stand in an ssh configuration. */
export const SshAccess = z.object({
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/),
  port: z.number().int().min(1).max(65_535),
  user: SshUser,
  /** The public key that its server proves itself with (`ssh-ed25519 AAAA…`), for `known_hosts`. */
  hostKey: z.string().regex(/^ssh-ed25519 [A-Za-z0-9+/=]{1,200}$/),
})
export type SshAccess = z.infer<typeof SshAccess>
