import { createHmac, randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { link, lstat, open, readFile, rm } from 'node:fs/promises'
import { StoreError } from './store-errors.ts'

const SECRET_BYTES = 32

/**
 * The secret of this folder: 32 random bytes, made once, 0600, and there whole or not at all, whoever else makes it now. Throws
 * `StoreError` when it is not safe or not whole.
 */
export async function loadSecret(file: string): Promise<Uint8Array> {
  const found = (await lstat(file).catch(isMissing)) ?? (await makeSecret(file))
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

async function makeSecret(file: string): Promise<Stats> {
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(beside, 'wx', 0o600)
    try {
      await handle.writeFile(randomBytes(SECRET_BYTES))
      await handle.sync()
    } finally {
      await handle.close()
    }
    // Of several that make one, the first has made it.
    await link(beside, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  } finally {
    await rm(beside, { force: true })
  }
  return lstat(file)
}

function isMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** Who this folder's agent is in the engine. Follows from the secret, so that it outlives a lost state and tells nothing. */
export function agentIdOf(secret: Uint8Array): string {
  return createHmac('sha256', secret).update('agent-id').digest('hex').slice(0, 16)
}

/** The bearer token of one workspace's runtime: nothing to store, and the same after the agent starts again. */
export function runtimeTokenOf(secret: Uint8Array, workspaceId: string): string {
  return createHmac('sha256', secret).update(`runtime:${workspaceId}`).digest('hex')
}
