import { chmod, readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { VaultPatch } from '../../contract/desktop/vault.ts'
import { removeDrafts, replaceFile } from '../files/replace-file.ts'

const WaitingFile = z.strictObject({ version: z.literal(1), waiting: VaultPatch })

/** Changes that wait for the keychain, on disk. The file is there only after somebody said yes to it. */
export interface WaitingStore {
  /** Undefined where there is none: nobody said yes. */
  read(): Promise<VaultPatch | undefined>
  write(waiting: VaultPatch): Promise<void>
  remove(): Promise<void>
}

/** A file that its owner alone may read (0600), replaced whole at each write. */
export function waitingFile(file: string): WaitingStore {
  return {
    read: async () => {
      await removeDrafts(file)
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      })
      if (text === undefined) return undefined
      // What its rights became under another program's hands is mended before more is written into it.
      await chmod(file, 0o600)
      return WaitingFile.parse(JSON.parse(text)).waiting
    },
    write: (waiting) =>
      replaceFile(file, JSON.stringify({ version: 1, waiting } satisfies z.infer<typeof WaitingFile>)),
    remove: async () => {
      await removeDrafts(file)
      await rm(file, { force: true })
    },
  }
}

/** No file at all: changes wait in memory alone. */
export const noFile: WaitingStore = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.reject(new Error('These secrets are never written to a file.')),
  remove: () => Promise.resolve(),
}
