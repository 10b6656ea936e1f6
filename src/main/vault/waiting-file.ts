import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { VaultPatch } from '../../contract/desktop/vault.ts'

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
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      })
      if (text === undefined) return undefined
      // What its rights became under another program's hands is mended before more is written into it.
      await chmod(file, 0o600)
      return WaitingFile.parse(JSON.parse(text)).waiting
    },
    write: async (waiting) => {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
      const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`
      const handle = await open(draft, 'wx', 0o600)
      try {
        await handle.writeFile(JSON.stringify({ version: 1, waiting } satisfies z.infer<typeof WaitingFile>))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(draft, file)
    },
    remove: () => rm(file, { force: true }),
  }
}
