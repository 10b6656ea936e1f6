import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import {
  closeFace,
  createFace,
  type FaceListeners,
  type FaceServer,
  type HeldConnections,
  listenOn,
} from './api/listen.ts'
import type { Face } from './auth/authenticate.ts'
import type { Certificate } from './network/certificate.ts'
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
  /** Addresses that come and go, as they are now. They are listened on beside the others, from when they are there. */
  following?: () => readonly string[]
  port: number
  /** Makes the network face one of HTTPS. */
  certificate: Certificate | undefined
  listenersOf(face: Face): FaceListeners
  /** Told when other addresses than before are listened on. */
  changed(): void
  log: Logger
}

export interface Listening {
  host: string
  port: number
}

export interface Faces {
  /** Where the network face listens now. */
  readonly listening: Listening[]
  /** Stops taking connections, and ends those that do not end by themselves. */
  close(): Promise<void>
}

/** What still answers when the agent stops, or an address goes, has this long. */
const CLOSE_WAIT_MS = 1_000
/** Systems tell programs in ways of their own, or not at all, that an address has come. */
const LOOK_EVERY_MS = 2_000

/** Answers on the folder's socket and on each address. Throws `PortTaken`; one that is followed may be missing. */
export async function openFaces(options: FacesOptions): Promise<Faces> {
  const { held, addresses, following, listenersOf } = options
  const socketFace = createFace(listenersOf('socket'))
  held.passTo(socketFace)
  const network = new NetworkFaces(options)
  const leaving = new AbortController()
  const closeAll = async (): Promise<void> => {
    leaving.abort()
    await followed
    await Promise.all([closeFace(socketFace, CLOSE_WAIT_MS), network.close()])
  }
  let followed: Promise<void> = Promise.resolve()
  try {
    for (const host of addresses) await network.open(host)
  } catch (error) {
    await closeAll()
    throw error
  }
  if (following !== undefined) {
    await network.follow(following())
    followed = followWhile(leaving.signal, () => network.follow(following()))
  }
  return {
    get listening() {
      return network.listening
    },
    close: closeAll,
  }
}

async function followWhile(signal: AbortSignal, look: () => Promise<void>): Promise<void> {
  const wait = (): Promise<unknown> => delay(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined)
  for (await wait(); !signal.aborted; await wait()) await look()
}

/** The servers of the network face, one for each address. */
class NetworkFaces {
  readonly #options: FacesOptions
  readonly #fixed = new Map<string, Opened>()
  readonly #followed = new Map<string, Opened>()
  /** Addresses that are there and could not be listened on: told once, and tried again. */
  readonly #failing = new Set<string>()

  constructor(options: FacesOptions) {
    this.#options = options
  }

  get listening(): Listening[] {
    return [...this.#fixed, ...this.#followed].map(([host, { port }]) => ({ host, port }))
  }

  /** Throws `PortTaken`. */
  async open(host: string): Promise<void> {
    try {
      this.#fixed.set(host, await this.#listen(host))
    } catch (error) {
      throw toPortTaken(error, { host, port: this.#port })
    }
  }

  /** Listens on these, and no more on those that were followed before and are not among them. */
  async follow(addresses: readonly string[]): Promise<void> {
    const { log } = this.#options
    const gone = [...this.#followed].filter(([host]) => !addresses.includes(host))
    for (const [host, { server }] of gone) {
      this.#followed.delete(host)
      await closeFace(server, CLOSE_WAIT_MS)
    }
    const come: string[] = []
    for (const host of addresses.filter((one) => !this.#followed.has(one) && !this.#fixed.has(one))) {
      try {
        this.#followed.set(host, await this.#listen(host))
        this.#failing.delete(host)
        come.push(host)
      } catch (error) {
        if (!this.#failing.has(host)) log.warn({ err: error, host }, 'an address cannot be listened on')
        this.#failing.add(host)
      }
    }
    if (gone.length === 0 && come.length === 0) return
    log.info({ come, gone: gone.map(([host]) => host) }, 'addresses have come or gone')
    this.#options.changed()
  }

  async close(): Promise<void> {
    const servers = [...this.#fixed.values(), ...this.#followed.values()]
    await Promise.all(servers.map(({ server }) => closeFace(server, CLOSE_WAIT_MS)))
  }

  /** A port that the system chose serves for all addresses. */
  get #port(): number {
    return this.listening[0]?.port ?? this.#options.port
  }

  async #listen(host: string): Promise<Opened> {
    const { listenersOf, certificate } = this.#options
    const server = createFace(listenersOf('network'), certificate)
    return { server, port: await listenOn(server, { host, port: this.#port }) }
  }
}

interface Opened {
  server: FaceServer
  port: number
}

function toPortTaken(error: unknown, { host, port }: Listening): unknown {
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
