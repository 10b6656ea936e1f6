import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { ERROR_STATUS } from '../../contract/errors.ts'
import { MAX_FRAME_BYTES, TERMINAL_SUBPROTOCOL } from '../../contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../contract/upload/limits.ts'
import { serveTerminal } from '../../terminals/connection.ts'
import type { Elsewhere } from '../../terminals/elsewhere.ts'
import type { Terminals } from '../../terminals/terminals.ts'
import { describeError, type Log, reportTo } from '../log.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { bearerCheck } from './bearer.ts'
import type { EventFeed } from './event-feed.ts'
import { ApiRefusal, refusalBody, replyRefusal } from './reply.ts'
import { webSocketFrames } from './web-socket-frames.ts'

/** A client that was refused an upgrade has so long to take the answer. */
const REFUSAL_LIMIT_MS = 2_000

/** What has to be offered to open a channel for bytes. */
const SUBPROTOCOLS: Partial<Record<string, string>> = {
  '/api/v1/terminals': TERMINAL_SUBPROTOCOL,
  '/api/v1/uploads': UPLOAD_SUBPROTOCOL,
}

/** A route answers, or throws `ApiRefusal`. */
export type Route = (call: RouteCall) => void | Promise<void>

export interface RouteCall {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  /** What the pattern's `:id` stood for. */
  id: string
}

export interface ApiOptions {
  token: string
  /** By `"METHOD /path"`; a last part `:id` stands for any one part. */
  routes: Record<string, Route>
  /** Of the routes, those that answer without a token. */
  open: ReadonlySet<string>
  terminals: Terminals
  elsewhere: Elsewhere
  /** Settles when all of it can be served; who comes before waits. Never rejects. */
  ready: Promise<unknown>
  uploads: Uploads
  events: EventFeed
  log: Log
}

/** Serves the runtime's API on `server`, which listens already. */
export function serveApi(server: Server, options: ApiOptions): void {
  const isAllowed = bearerCheck(options.token)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (offered) =>
      [TERMINAL_SUBPROTOCOL, UPLOAD_SUBPROTOCOL].find((known) => offered.has(known)) ?? false,
  })
  server.on('request', (request, response) => {
    answer(request, response, { ...options, isAllowed }).catch((error: unknown) => {
      options.log('error', 'a request failed', { error: describeError(error) })
      replyRefusal(response, new ApiRefusal('INTERNAL_SERVER_ERROR', 'The runtime failed; its log says why.'))
    })
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => {
      stream.destroy()
    })
    const refusal = refuseUpgrade(request, isAllowed)
    if (refusal) {
      endUpgrade(stream, refusal)
      return
    }
    void options.ready.then(() => {
      sockets.handleUpgrade(request, stream, head, (socket) => serveSocket(socket, urlOf(request)?.pathname, options))
    })
  })
}

function serveSocket(socket: WebSocket, path: string | undefined, options: ApiOptions): void {
  const { terminals, elsewhere, uploads, events, log } = options
  if (path === '/api/v1/uploads') uploads.serve(webSocketFrames(socket))
  else if (path === '/api/v1/terminals')
    serveTerminal(webSocketFrames(socket), { terminals, elsewhere, report: reportTo(log) })
  else events.add(socket)
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  deps: ApiOptions & { isAllowed: (authorization: string | undefined) => boolean },
): Promise<void> {
  try {
    const url = urlOf(request)
    if (url === undefined) throw notAnAddress()
    const whole = `${request.method} ${url.pathname}`
    const isOpen = deps.open.has(whole)
    if (!isOpen && !deps.isAllowed(request.headers.authorization)) throw unauthorized()
    const [, parent = '', id = ''] = /^(.*)\/([^/]*)$/.exec(whole) ?? []
    const route = deps.routes[whole] ?? deps.routes[`${parent}/:id`]
    if (!route) throw new ApiRefusal('NOT_FOUND', 'There is nothing at this address.')
    await deps.ready
    await route({ request, response, url, id })
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error
    // What is left of a body that nobody reads must not stand in the way of the next request.
    if (!request.complete) response.setHeader('connection', 'close')
    replyRefusal(response, error)
  }
}

function refuseUpgrade(
  request: IncomingMessage,
  isAllowed: (authorization: string | undefined) => boolean,
): ApiRefusal | undefined {
  if (!isAllowed(request.headers.authorization)) return unauthorized()
  const path = urlOf(request)?.pathname
  if (path === undefined) return notAnAddress()
  if (path === '/api/v1/ws') return undefined
  const needed = SUBPROTOCOLS[path]
  if (needed === undefined) return new ApiRefusal('NOT_FOUND', 'There is nothing at this address.')
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (offered.includes(needed)) return undefined
  return new ApiRefusal('BAD_REQUEST', `The subprotocol "${needed}" has to be offered.`)
}

/** Says no, and closes: a client that leaves its own side open would hold the connection for good. */
function endUpgrade(stream: Duplex, refusal: ApiRefusal): void {
  const timer = setTimeout(() => stream.destroy(), REFUSAL_LIMIT_MS)
  stream.once('close', () => {
    clearTimeout(timer)
  })
  stream.once('finish', () => stream.destroy())
  const body = JSON.stringify(refusalBody(refusal))
  const status = ERROR_STATUS[refusal.code]
  stream.end(
    `HTTP/1.1 ${status} ${refusal.code}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

function unauthorized(): ApiRefusal {
  return new ApiRefusal('UNAUTHORIZED', 'The token of this workspace is missing or not right.')
}

function notAnAddress(): ApiRefusal {
  return new ApiRefusal('BAD_REQUEST', 'The address of the request is not one.')
}

/** Undefined for a request target that is no path, such as `//`. */
function urlOf(request: IncomingMessage): URL | undefined {
  return URL.parse(request.url ?? '/', 'http://runtime') ?? undefined
}
