import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folders of one test: nothing of the person who runs it is read or written. */
export interface Profile {
  readonly root: string
  /** `WS_CONFIG_DIR`. */
  readonly configDir: string
  /** Electron's `userData`, or the browser's profile. */
  readonly userData: string
  remove(): Promise<void>
}

export async function createProfile(label: string): Promise<Profile> {
  // A short path: the agent's socket lies in it, and a socket's path has at most 107 bytes.
  const root = await mkdtemp(join(tmpdir(), `berth-${label}-`))
  return {
    root,
    configDir: join(root, 'config'),
    userData: join(root, 'user'),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  }
}
