import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PARALLEL_INDEX } from './machine.ts'

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
  const configDir = join(root, 'config')
  if (PARALLEL_INDEX > 0) await keepPortsApart(configDir)
  return {
    root,
    configDir,
    userData: join(root, 'user'),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** Below the ports that systems give out by themselves, above the pools that agents have by default. */
const FIRST_PORT = 20_000
const PORTS_OF_ONE = 200

/** A workspace that stops leaves its ports open to others: agents that run at the same time give out ports of their own. */
async function keepPortsApart(configDir: string): Promise<void> {
  const first = FIRST_PORT + PARALLEL_INDEX * PORTS_OF_ONE
  const ports = { ssh: [first, first + 99], http: [first + 100, first + 199] }
  await mkdir(configDir, { mode: 0o700 })
  await writeFile(join(configDir, 'config.json'), JSON.stringify({ ports }), { mode: 0o600 })
}
