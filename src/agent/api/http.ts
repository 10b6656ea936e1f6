import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RPCHandler } from '@orpc/server/fetch'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { PairRequest, type PairResponse } from '../../contract/agent/clients.ts'
import type { Health } from '../../contract/agent/info.ts'
import { ERROR_STATUS, type ErrorCode } from '../../contract/errors.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { PROTOCOL_VERSION } from '../../contract/version.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Authenticate, Face } from '../auth/authenticate.ts'
import type { ClientStore } from '../auth/client-store.ts'
import type { Pairing } from '../auth/pairing.ts'
import type { RateLimit } from '../auth/rate-limit.ts'
import { refuseForeign } from '../auth/request-guard.ts'
import type { EngineMonitor } from '../services.ts'
import { faceOf, recordPairing, recordRefusedToken } from './audited-access.ts'
import { hasBoundedBody, MAX_CALL_BYTES, MAX_PAIR_BYTES } from './body-limit.ts'
import type { CallContext } from './guarded.ts'
import type { Open, OpenSockets } from './open-sockets.ts'
import type { AgentRouter } from './procedures.ts'
import type { WebFiles } from './web-files.ts'

export interface HttpDeps {
  authenticate: Authenticate
  isOurName(name: string): boolean
  clients: ClientStore
  /** Called when a client has been added. */
  clientsChanged(): void
  pairing: Pairing
  /** Tries at pairing codes, by address. */
  pairingTries: RateLimit
  engine: EngineMonitor
  router: AgentRouter
  sockets: OpenSockets
  audit: Pick<AuditLog, 'record'>
  /** Absent where the web UI was not built. */
  web: WebFiles | undefined
  version: string
  log: Logger
}

type App = Hono<{ Bindings: HttpBindings }>

/**
 * Answers HTTP requests of one face: `/health`, `/pair`, calls at `/rpc`, and the web UI. No body is read before it is known
 * that its sender may send one; what is sent all the same, `@hono/node-server` lets go, and its connection with it.
 */
export function createRequestListener(deps: HttpDeps, face: Face): RequestListener {
  const app: App = new Hono()
  app.use(async (c, next) => {
    const refusal = face === 'network' ? refuseForeign(c.env.incoming, deps.isOurName) : undefined
    if (refusal !== undefined) return c.json({ code: refusal.code, message: refusal.message }, refusal.status)
    await next()
    return undefined
  })
  app.get('/health', (c) => c.json(health(deps), 200, { 'cache-control': 'no-store' }))
  app.post('/pair', (c) => pair(c.env.incoming, { readBody: () => c.req.text(), deps, face }))
  addCalls(app, deps, face)
  app.get('*', (c) => serveWeb(c.env.incoming, deps.web))
  app.notFound(() => refuse('NOT_FOUND', 'There is nothing at this address.'))
  app.onError((error, c) => {
    if (c.env.incoming.socket.destroyed) deps.log.debug({ path: c.req.path }, 'a client left before its answer')
    else deps.log.error({ err: error, path: c.req.path }, 'a request failed')
    return refuse('INTERNAL_SERVER_ERROR', 'The agent failed; its log says why.')
  })
  // The globals of a process that is also somebody else's (the desktop app) stay as they are.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  return (request, response) => void listener(request, response)
}

function addCalls(app: App, deps: HttpDeps, face: Face): void {
  const handler = new RPCHandler<CallContext>(deps.router)
  app.use('/rpc/*', async (c) => {
    const { incoming, outgoing } = c.env
    const identity = await deps.authenticate(incoming, face)
    if (identity === undefined) {
      recordRefusedToken(deps.audit, incoming)
      return refuseCall('UNAUTHORIZED', 'A token is needed: Authorization: Bearer … It is earned by pairing.')
    }
    if (identity === 'not known now') return unknownNow()
    const forget = deps.sockets.add(identity, callOn(incoming))
    if (forget === undefined) return refuseCall('TOO_MANY_REQUESTS', 'This client has too many calls open.')
    outgoing.once('close', forget)
    // Whoever left while it was found out who that is has closed before anybody listened.
    if (outgoing.destroyed) forget()
    if (!(await hasBoundedBody(incoming, MAX_CALL_BYTES))) return refuseBody()
    const context = { identity, face: faceOf(incoming, face) }
    const { matched, response } = await handler.handle(c.req.raw, { prefix: '/rpc', context })
    return matched ? response : refuseCall('NOT_FOUND', 'There is no such procedure.')
  })
}

/** A call whose client is let go ends with its connection, which aborts it. An agent that stops lets it end by itself. */
function callOn({ socket }: IncomingMessage): Open {
  return {
    close: (code) => {
      if (code === CLOSE.unauthorized) socket.destroy()
    },
  }
}

function health({ version, engine }: HttpDeps): Health {
  const docker = engine.state.status === 'ready' ? 'connected' : 'disconnected'
  return { status: 'healthy', version, protocol: PROTOCOL_VERSION, uptime: process.uptime(), docker }
}

async function pair(
  incoming: IncomingMessage,
  { readBody, deps, face }: { readBody: () => Promise<string>; deps: HttpDeps; face: Face },
): Promise<Response> {
  const address = addressOf(incoming)
  if (!deps.pairingTries.take(address)) {
    return refuse('TOO_MANY_REQUESTS', 'Too many tries from this address. Wait a minute.')
  }
  if (!(await hasBoundedBody(incoming, MAX_PAIR_BYTES))) return refuseBody()
  const request = PairRequest.safeParse(parseJson(await readBody()))
  if (!request.success) return refuse('BAD_REQUEST', 'Pairing takes {"code", "name"}.')
  const redeemed = deps.pairing.redeem(request.data.code, address)
  const record = (paired?: PairResponse): void => recordPairing(deps.audit, faceOf(incoming, face), paired)
  if (redeemed.outcome !== 'redeemed') {
    record()
    deps.log.warn({ outcome: redeemed.outcome }, 'a pairing code was not accepted')
    return refuse('UNAUTHORIZED', 'That code is not right, or is used or too old. A new one comes from: ws agent pair')
  }
  const answer: PairResponse = await deps.clients.add({
    name: request.data.name,
    scope: redeemed.scope,
    kind: 'paired',
  })
  deps.clientsChanged()
  record(answer)
  const { id: client, name, scope } = answer.client
  deps.log.info({ client, name, scope }, 'a client was paired')
  return Response.json(answer, { headers: NEVER_KEPT })
}

async function serveWeb({ url = '/', headers }: IncomingMessage, web: WebFiles | undefined): Promise<Response> {
  const file = await web?.find(url.split('?')[0] ?? '/', headers.host ?? '')
  if (file !== undefined) return new Response(file.body, { headers: file.headers })
  const missing = 'The screens were not built here: npm run build.'
  return refuse('NOT_FOUND', web === undefined ? missing : 'There is nothing at this address.')
}

const NEVER_KEPT = { 'cache-control': 'no-store' }

function refuse(code: ErrorCode, message: string): Response {
  return Response.json({ code, message }, { status: ERROR_STATUS[code], headers: NEVER_KEPT })
}

function refuseBody(): Response {
  return Response.json({ code: 'PAYLOAD_TOO_LARGE' }, { status: 413, headers: NEVER_KEPT })
}

/** A refusal in the shape that oRPC's clients read. */
function refuseCall(code: ErrorCode, message: string): Response {
  const status = ERROR_STATUS[code]
  return Response.json({ json: { defined: false, code, status, message } }, { status, headers: NEVER_KEPT })
}

/** Who is not known yet is not told to be refused: programs would not come again. */
function unknownNow(): Response {
  const message = 'Tailscale does not say now who you are. Try again.'
  const json = { defined: false, code: 'SERVICE_UNAVAILABLE', status: 503, message }
  return Response.json({ json }, { status: 503, headers: NEVER_KEPT })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** IPv6 addresses of one network count as one: whoever has one of them has 2^64. */
function addressOf({ socket }: IncomingMessage): string {
  const address = socket.remoteAddress ?? 'socket'
  return address.includes(':') && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address
}
