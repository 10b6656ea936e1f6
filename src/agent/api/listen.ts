import http from 'node:http'
import https from 'node:https'
import type { Server, Socket } from 'node:net'
import type { Certificate } from '../network/certificate.ts'
import type { UpgradeListener } from './upgrade.ts'

/** Everything one face of the agent answers with. */
export interface FaceListeners {
  request: http.RequestListener
  upgrade: UpgradeListener
  /** Told of each connection before anything is read of it. */
  connection: (socket: Socket) => void
}

const HEADERS_MS = 10_000
const REQUEST_MS = 60_000
const IDLE_MS = 5_000
/** How often Node looks for requests that are late. */
const CHECK_MS = 2_000
const MAX_HEADER_BYTES = 16_384
/** Connections of one address that is listened on. */
const MOST_CONNECTIONS = 4_096

const LIMITS = {
  headersTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: IDLE_MS,
  connectionsCheckingInterval: CHECK_MS,
  maxHeaderSize: MAX_HEADER_BYTES,
}

export type FaceServer = http.Server | https.Server

/** An HTTP server with the limits of the agent, which listens nowhere yet; with a certificate, one of HTTPS. */
export function createFace({ request, upgrade, connection }: FaceListeners, certificate?: Certificate): FaceServer {
  const server = certificate === undefined ? http.createServer(LIMITS, request) : createTlsServer(certificate, request)
  server.maxConnections = MOST_CONNECTIONS
  server.on('upgrade', upgrade)
  server.on('clientError', (_error, socket) => socket.destroy())
  server.prependListener('connection', connection)
  return server
}

function createTlsServer(certificate: Certificate, request: http.RequestListener): https.Server {
  const options = { ...LIMITS, ...certificate.pair, handshakeTimeout: HEADERS_MS, minVersion: 'TLSv1.2' } as const
  const server = https.createServer(options, request)
  // Who is connected stays so; who comes sees the new one.
  const endFollowing = certificate.onChange(() => server.setSecureContext(certificate.pair))
  server.once('close', endFollowing)
  return server
}

/** Listens on `address`; resolves with the port. Rejects with what the system says. */
export function listenOn(server: FaceServer, address: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ ...address, exclusive: true }, () => {
      server.off('error', reject)
      const bound = server.address()
      resolve(typeof bound === 'object' && bound !== null ? bound.port : address.port)
    })
  })
}

/** Connections that `listener` takes in before there is somebody to answer them. */
export interface HeldConnections {
  /** Gives them, and all that follow, to `server`. */
  passTo(server: FaceServer): void
  /** Ends them: nobody will answer. */
  drop(): void
}

/** Holds what connects to a listener that listens already, from now on. */
export function holdConnections(listener: Server): HeldConnections {
  const held = new Set<Socket>()
  const hold = (socket: Socket): void => {
    held.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => held.delete(socket))
  }
  listener.on('connection', hold)
  return {
    passTo: (server) => {
      listener.off('connection', hold)
      listener.on('connection', (socket) => server.emit('connection', socket))
      for (const socket of held) server.emit('connection', socket)
      held.clear()
    },
    drop: () => {
      for (const socket of held) socket.destroy()
    },
  }
}

/** Stops taking connections, gives those that answer a moment, and ends the rest. */
export async function closeFace(server: FaceServer, waitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), waitMs)
  await closed
  clearTimeout(timer)
}
