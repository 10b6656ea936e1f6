import type http from 'node:http'
import type { Logger } from 'pino'
import { isLoopback } from './api/addresses.ts'
import { closeFace, createFace, type FaceListeners, type HeldConnections, listenOn } from './api/listen.ts'
import type { Face } from './auth/authenticate.ts'
import { StoreError } from './store/store-errors.ts'

/** The port is another program's. */
export class PortTaken extends StoreError {
  override readonly name = 'PortTaken'
}

export interface FacesOptions {
  /** What connects to the folder's socket. */
  held: HeldConnections
  /** Addresses to listen on; none for an agent that is reached over its socket alone. */
  addresses: readonly string[]
  port: number
  listenersOf(face: Face): FaceListeners
  log: Logger
}

export interface Faces {
  /** Where the network face listens, as `host:port`. */
  listening: { host: string; port: number }[]
  /** Stops taking connections, and ends those that do not end by themselves. */
  close(): Promise<void>
}

/** What still answers when the agent stops has this long. */
const CLOSE_WAIT_MS = 1_000

/** Answers on the folder's socket and on each address. Throws `PortTaken`; an address beside loopback may be missing. */
export async function openFaces({ held, addresses, port, listenersOf, log }: FacesOptions): Promise<Faces> {
  const socketFace = createFace(listenersOf('socket'))
  held.passTo(socketFace)
  const servers: http.Server[] = [socketFace]
  const listening: { host: string; port: number }[] = []
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => closeFace(server, CLOSE_WAIT_MS)))
  }
  for (const host of addresses) {
    const server = createFace(listenersOf('network'))
    try {
      // A port that the system chose serves for all addresses.
      const bound = await listenOn(server, { host, port: listening[0]?.port ?? port })
      servers.push(server)
      listening.push({ host, port: bound })
    } catch (error) {
      if (listening.length > 0 && !isLoopback(host)) {
        log.warn({ err: error, host }, 'an address cannot be listened on')
        continue
      }
      await close()
      throw toPortTaken(error, { host, port })
    }
  }
  return { listening, close }
}

function toPortTaken(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new PortTaken(`Port ${port} of ${host} is in use by another program.`, 'Choose another with --port.', error)
  }
  if (code === 'EACCES')
    return new PortTaken(`Port ${port} may not be used.`, 'Choose one above 1023 with --port.', error)
  if (code === 'EADDRNOTAVAIL')
    return new PortTaken(`${host} is no address of this computer.`, 'Leave out --host.', error)
  return error
}
