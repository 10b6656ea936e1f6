import { z } from 'zod'
import { FileDestination } from '../agent/config.ts'

/** Bytes of all files of one destination together, and how many they may be. */
export const MOST_CREDENTIAL_BYTES = 16_777_216
export const MOST_CREDENTIAL_ENTRIES = 2_000

/** A place below the destination; empty is the destination itself. */
const Below = z
  .string()
  .max(4096)
  .refine((path) => path === '' || path.split('/').every((part) => !['', '.', '..'].includes(part)))
  .refine((path) => !path.includes('\0'))

const mode = z.number().int().min(0).max(0o777)

/** A folder, or a file with its content in base64. */
export const CredentialEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: Below, mode }),
  z.strictObject({ kind: z.literal('file'), path: Below, mode, content: z.string() }),
])
export type CredentialEntry = z.infer<typeof CredentialEntry>

/** `PUT /api/v1/credentials/files`: writes a file, or a folder with what is in it, into the home; 204, or a refusal in words. */
export const RuntimeCredentialFiles = z.strictObject({
  destination: FileDestination,
  /** Folders before what is in them. */
  entries: z.array(CredentialEntry).max(MOST_CREDENTIAL_ENTRIES),
  /** What is there already stays as it is. */
  keepExisting: z.boolean(),
})
export type RuntimeCredentialFiles = z.infer<typeof RuntimeCredentialFiles>
