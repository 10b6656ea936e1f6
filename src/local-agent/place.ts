import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** Where an agent of this computer listens. */
export interface AgentPlace {
  readonly path: string
  /** What whoever answers there must prove to know (`proof.ts`). Absent where nobody but the owner can listen. */
  readonly secret?: Uint8Array
}

/** The file in an agent's folder that holds its secret. */
export function secretPath(folder: string): string {
  return path.join(path.resolve(folder), 'secret')
}

/** The socket of an agent's folder: a file, which the folder's modes keep. */
export function socketOf(folder: string): AgentPlace {
  return { path: path.join(path.resolve(folder), 'agent.sock') }
}

/**
 * The named pipe that stands for the socket on Windows. Pipes lie in no folder: whoever comes first has the name. So it follows from
 * the folder's secret, and is seen by others only once an agent has listened on it; then they know no proof.
 */
export function pipeOf(secret: Uint8Array): AgentPlace {
  const name = createHmac('sha256', secret).update('pipe').digest('hex').slice(0, 32)
  return { path: `\\\\.\\pipe\\berth-agent-${name}`, secret }
}

/** Where the agent of a folder is to be asked on a system (`process.platform`); undefined where none has ever run. */
export async function findPlace(folder: string, platform: string): Promise<AgentPlace | undefined> {
  if (platform !== 'win32') return socketOf(folder)
  const secret = await readFile(secretPath(folder)).catch(() => undefined)
  return secret === undefined ? undefined : pipeOf(secret)
}
