import { z } from 'zod'
import type { TransferredPort } from '../../client/frames/transferred-port.ts'

/** The line to the process that started this one. Messages that come before a listener wait for it. */
export interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: TransferredPort[] }) => void): unknown
  postMessage(message: unknown): void
}

/** The parent port of this process. Throws where it is not a utility process of Electron. */
export function parentPortOf(process: object): ParentPort {
  const port: unknown = Reflect.get(process, 'parentPort')
  if (!isParentPort(port)) throw new Error('The embedded agent runs in a utility process of the desktop app only.')
  return port
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}

/** The one argument of the program: where the app keeps what workspaces receive. */
export const EmbeddedOptions = z.strictObject({ resourcesDir: z.string().min(1), runtimeDir: z.string().min(1) })
export type EmbeddedOptions = z.infer<typeof EmbeddedOptions>
