import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { CLOSE, MAX_FRAME_BYTES, RPC_SUBPROTOCOL, TERMINAL_SUBPROTOCOL } from '../../contract/terminal/limits.ts'
import { UPLOAD_SUBPROTOCOL } from '../../contract/upload/limits.ts'
import { CHALLENGE_HEADER, PROOF_HEADER } from '../../local-agent/proof.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Caller } from '../audit/audited.ts'
import type { Authenticate, Face } from '../auth/authenticate.ts'
import { type Identity, includesScope, type NotKnownNow } from '../auth/identity.ts'
import { offeredProtocols, type Refusal, refuseForeign } from '../auth/request-guard.ts'
import { SocketFrames, VIEWER_SILENCE_MS } from '../terminals/socket-frames.ts'
import type { TerminalGate } from '../terminals/terminal-gate.ts'
import type { UploadGate } from '../uploads/upload-gate.ts'
import { faceOf, recordJoined, recordRefusedToken } from './audited-access.ts'
import type { OpenSockets } from './open-sockets.ts'
import { TERMINAL_SCOPE } from './scopes.ts'

const POLICY_VIOLATION = 1008
/** What a refused client has to take the answer. */
const REFUSAL_MS = 1_000

export interface UpgradeDeps {
  authenticate: Authenticate
  isOurName(name: string): boolean
  sockets: OpenSockets
  terminals: TerminalGate
  uploads: UploadGate
  audit: Pick<AuditLog, 'record'>
  serveCalls(frames: SocketFrames, caller: Caller): void
  /** What shows a client on this computer that this is the agent of its folder; undefined where it has not asked well. */
  prove(challenge: unknown): string | undefined
}

/** What an upgrade asks for. */
type Destination =
  | { kind: 'rpc' }
  | { kind: 'terminal'; workspace: string }
  | { kind: 'simple-terminal'; workspace: string }
  | { kind: 'upload'; workspace: string }

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

const PROTOCOLS = [RPC_SUBPROTOCOL, TERMINAL_SUBPROTOCOL, UPLOAD_SUBPROTOCOL]

/** Takes WebSockets in on one face: calls at `/rpc`, terminals at `/terminal/:name`, files at `/upload/:name`. */
export function createUpgradeListener(deps: UpgradeDeps, face: Face): UpgradeListener {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    // A token is never chosen: it would be sent back.
    handleProtocols: (offered) => PROTOCOLS.find((known) => offered.has(known)) ?? false,
  })
  if (face === 'socket') {
    server.on('headers', (headers, { headers: asked }) => {
      const proof = deps.prove(asked[CHALLENGE_HEADER])
      if (proof !== undefined) headers.push(`${PROOF_HEADER}: ${proof}`)
    })
  }
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const refusal = face === 'network' ? refuseForeign(request, deps.isOurName) : undefined
    const destination = destinationOf(request)
    if (refusal !== undefined || destination === undefined) {
      refuse(socket, refusal ?? { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this address.' })
      return
    }
    // Nothing of the socket is read meanwhile; one that closes is seen by the handshake.
    void deps.authenticate(request, face).then((identity) => {
      if (identity === undefined) recordRefusedToken(deps.audit, request)
      server.handleUpgrade(request, socket, head, (webSocket) => {
        admit(deps, { destination, frames: framesOf(webSocket, destination), identity, face: faceOf(request, face) })
      })
    })
  }
}

function framesOf(socket: WebSocket, { kind }: Destination): SocketFrames {
  const isViewer = kind === 'terminal' || kind === 'simple-terminal'
  return isViewer ? new SocketFrames(socket, VIEWER_SILENCE_MS) : new SocketFrames(socket)
}

interface Arrival {
  destination: Destination
  frames: SocketFrames
  identity: Identity | NotKnownNow | undefined
  face: Caller['face']
}

/** Pages learn why a WebSocket was refused from its close code alone, so a refusal comes after the handshake. */
function admit(deps: UpgradeDeps, { destination, frames, identity, face }: Arrival): void {
  if (identity === 'not known now') {
    frames.close(CLOSE.tryAgain, 'Tailscale does not say now who you are.')
    return
  }
  const isRefused =
    destination.kind !== 'rpc' && identity !== undefined && !includesScope(identity.scope, TERMINAL_SCOPE)
  if (isRefused) recordJoined(deps.audit, { identity, face }, { ...joinOf(destination), isRefused })
  if (identity === undefined || isRefused) {
    frames.close(CLOSE.unauthorized, 'A token is needed.')
    return
  }
  const forget = deps.sockets.add(identity, frames)
  if (forget === undefined) {
    frames.close(POLICY_VIOLATION, 'This client has too many sockets open.')
    return
  }
  void frames.ended.then(forget)
  if (destination.kind === 'rpc') {
    deps.serveCalls(frames, { identity, face })
    return
  }
  recordJoined(deps.audit, { identity, face }, joinOf(destination))
  if (destination.kind === 'terminal') deps.terminals.join(destination.workspace, { frames, identity })
  else if (destination.kind === 'upload') deps.uploads.join(destination.workspace, { frames, identity })
  else deps.terminals.joinSimple(destination.workspace, { frames, identity })
}

function joinOf({ kind, workspace }: Exclude<Destination, { kind: 'rpc' }>) {
  return { action: kind === 'upload' ? 'upload.open' : 'terminal.open', workspace } as const
}

function destinationOf(request: IncomingMessage): Destination | undefined {
  const path = (request.url ?? '').split('?')[0] ?? ''
  if (path === '/rpc') return { kind: 'rpc' }
  const [, place, workspace] = /^\/(terminal|upload)\/([^/]+)$/.exec(path) ?? []
  if (workspace === undefined) return undefined
  const offered = offeredProtocols(request)
  if (place === 'upload') return offered.includes(UPLOAD_SUBPROTOCOL) ? { kind: 'upload', workspace } : undefined
  if (offered.includes(TERMINAL_SUBPROTOCOL)) return { kind: 'terminal', workspace }
  // Terminal messages of a version that is not ours are not the simple protocol.
  return offered.length === 0 ? { kind: 'simple-terminal', workspace } : undefined
}

/** An upgraded socket belongs to no server any more: one whose client does not close is ended here. */
function refuse(
  socket: Duplex,
  { status, code, message }: Refusal | { status: 404; code: 'NOT_FOUND'; message: string },
): void {
  const body = JSON.stringify({ code, message })
  const timer = setTimeout(() => socket.destroy(), REFUSAL_MS)
  socket.once('close', () => clearTimeout(timer))
  socket.once('finish', () => socket.destroy())
  // What has come and is not read would turn the end into a reset, which takes the answer away from the client.
  socket.resume()
  socket.end(
    `HTTP/1.1 ${status} ${code}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
