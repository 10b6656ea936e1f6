import { z } from 'zod'
import { Identifier, WorkspaceName } from '../names.ts'
import { PORT_MESSAGE } from './port-message.ts'

export { PORT_MESSAGE } from './port-message.ts'

/** What a port shall be joined to: main itself, a worker's calls, one terminal of a workspace, or a file for one. */
export const PortRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('desktop') }),
  z.strictObject({ kind: z.literal('worker'), worker: Identifier }),
  z.strictObject({ kind: z.literal('terminal'), worker: Identifier, workspace: WorkspaceName }),
  z.strictObject({ kind: z.literal('upload'), worker: Identifier, workspace: WorkspaceName }),
])
export type PortRequest = z.infer<typeof PortRequest>

/**
 * What the screen posts to its own window, with one end of a new MessageChannel as the only transfer:
 * `window.postMessage({ type: PORT_MESSAGE, request }, location.origin, [port])`. Preload passes `request` and the port
 * on as they are; main checks the sender and the shape, and closes the port of a request that it refuses.
 */
export const PortHandover = z.strictObject({ type: z.literal(PORT_MESSAGE), request: PortRequest })
export type PortHandover = z.infer<typeof PortHandover>
