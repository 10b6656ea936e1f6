import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
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

/**
 * A file that its owner alone may read (0600), replaced whole at each write. One writer, whose calls follow each other: a
 * draft that is there when a call begins was left by a crash, and goes.
 */
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
    write: async (waiting) => {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
      await removeDrafts(file)
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
    remove: async () => {
      await removeDrafts(file)
      await rm(file, { force: true })
    },
  }
}

/** What a crash in the middle of a write has left: secrets, under a name that nobody would look for. */
async function removeDrafts(file: string): Promise<void> {
  const folder = path.dirname(file)
  const stem = `${path.basename(file)}.`
  const names = await readdir(folder).catch(() => [])
  const drafts = names.filter((name) => name.startsWith(stem) && /^[0-9a-f]{8}\.tmp$/.test(name.slice(stem.length)))
  await Promise.all(drafts.map((name) => rm(path.join(folder, name), { force: true })))
}
