import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../store/atomic-file.ts'
import { StoreError } from '../store/store-errors.ts'
import type { SecretStore } from './secret-store.ts'

const SecretFile = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.string()) })

/**
 * Secrets in a file that its owner alone may read (0600), in the agent's private folder; written whole at each change. A
 * file that others may read is refused: what it holds may be known to them.
 */
export function secretFile(file: string): SecretStore {
  return {
    kind: 'file',
    status: () => ({ state: 'ready' }),
    load: async () => {
      await removeDrafts(file)
      return await read(file)
    },
    apply: async (patch) => {
      const secrets = new Map(Object.entries(await read(file)))
      for (const [name, value] of Object.entries(patch)) {
        if (value === null) secrets.delete(name)
        else secrets.set(name, value)
      }
      await writeFileAtomically(file, JSON.stringify({ version: 1, secrets: Object.fromEntries(secrets) }))
    },
  }
}

async function read(file: string): Promise<Record<string, string>> {
  const found = await lstat(file).catch(() => undefined)
  if (found === undefined) return {}
  if (!found.isFile() || (process.platform !== 'win32' && (found.mode & 0o077) !== 0)) {
    throw new StoreError(
      `Others may read ${file}, which holds secrets.`,
      `Close it: chmod 600 '${file}'. Whoever could read it may know what is in it.`,
    )
  }
  const parsed = SecretFile.safeParse(parseJson(await readFile(file, 'utf8')))
  if (parsed.success) return parsed.data.secrets
  throw new StoreError(`${file} is damaged.`, 'Put it back from a copy, or move it away and enter the secrets anew.')
}

/** What an agent that was killed was writing. */
async function removeDrafts(file: string): Promise<void> {
  const folder = path.dirname(file)
  const isDraft = (name: string): boolean => name.startsWith(`${path.basename(file)}.`) && name.endsWith('.tmp')
  for (const name of await readdir(folder)) if (isDraft(name)) await rm(path.join(folder, name), { force: true })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
