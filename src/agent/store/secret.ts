import { createHmac, randomBytes } from 'node:crypto'
import { lstat, open, readFile } from 'node:fs/promises'
import { StoreError } from './store-errors.ts'

const SECRET_BYTES = 32

/** The secret of this folder: 32 random bytes, made once, 0600. Throws `StoreError` when it is not safe or not whole. */
export async function loadSecret(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file, 'wx', 0o600)
    try {
      const secret = randomBytes(SECRET_BYTES)
      await handle.writeFile(secret)
      await handle.sync()
      return new Uint8Array(secret)
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const found = await lstat(file)
  if (!found.isFile() || (process.platform !== 'win32' && (found.mode & 0o077) !== 0)) {
    throw new StoreError(`Others may read ${file}.`, `Close it: chmod 600 '${file}'`)
  }
  const secret = await readFile(file)
  if (secret.length !== SECRET_BYTES) {
    throw new StoreError(
      `${file} is damaged.`,
      'Put it back from a copy. A new one would not know the workspaces of this folder.',
    )
  }
  return new Uint8Array(secret)
}

/** Who this folder's agent is in the engine. Follows from the secret, so that it outlives a lost state and tells nothing. */
export function agentIdOf(secret: Uint8Array): string {
  return createHmac('sha256', secret).update('agent-id').digest('hex').slice(0, 16)
}

/** The bearer token of one workspace's runtime: nothing to store, and the same after the agent starts again. */
export function runtimeTokenOf(secret: Uint8Array, workspaceId: string): string {
  return createHmac('sha256', secret).update(`runtime:${workspaceId}`).digest('hex')
}
