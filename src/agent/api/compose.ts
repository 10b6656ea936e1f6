import { RPCHandler } from '@orpc/server/websocket'
import type { Logger } from 'pino'
import type { AgentPortRequest } from '../../contract/desktop/index.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import type { AgentPlace } from '../../local-agent/place.ts'
import { proofOf } from '../../local-agent/proof.ts'
import type { Tailnet } from '../../tailnet/tailnet.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Caller } from '../audit/audited.ts'
import { createAuthenticate, type Face } from '../auth/authenticate.ts'
import type { ClientStore } from '../auth/client-store.ts'
import { LOCAL } from '../auth/identity.ts'
import { ourNames } from '../auth/our-names.ts'
import { createPairing } from '../auth/pairing.ts'
import { createRateLimit } from '../auth/rate-limit.ts'
import { createRootAccess } from '../auth/root-access.ts'
import { type TailnetUsers, tailnetUsers } from '../auth/tailnet-users.ts'
import { createWorkspaceDoor } from '../auth/workspace-door.ts'
import type { Core } from '../core.ts'
import type { Conceal } from '../log.ts'
import { ownAddresses } from '../network/addresses.ts'
import type { Certificate } from '../network/certificate.ts'
import type { OwnPlace } from '../network/own-place.ts'
import type { EventLog } from '../services.ts'
import type { RelayedFrames } from '../terminals/relay.ts'
import { createTerminalGate, type TerminalGate } from '../terminals/terminal-gate.ts'
import { createUploadGate } from '../uploads/upload-gate.ts'
import { recordJoined } from './audited-access.ts'
import { createConnections } from './connections.ts'
import type { CallContext } from './guarded.ts'
import { createRequestListener } from './http.ts'
import type { FaceListeners } from './listen.ts'
import { createOpenCalls } from './open-calls.ts'
import { createOpenSockets, type OpenSockets } from './open-sockets.ts'
import { createProcedures } from './procedures.ts'
import { serveCalls } from './rpc-socket.ts'
import { createUpgradeListener } from './upgrade.ts'
import { createWebFiles } from './web-files.ts'

/** What a port of the app may be joined to. */
export type PortedRequest = Extract<AgentPortRequest, { kind: 'worker' | 'terminal' | 'upload' }>

/** All that clients can reach of an agent, whatever way they come. */
export interface AgentApi {
  /** What answers on one face. */
  listenersOf(face: Face): FaceListeners
  /** Joins a channel of the app: its calls, the terminals of a workspace, or a file for one. */
  join(request: PortedRequest, frames: RelayedFrames): void
  /** Closes every socket with a code that invites to come back. */
  closeSockets(): void
}

/** Where and as what the agent can be reached, as it is now. */
export interface AgentNetwork {
  addresses(): readonly string[]
  place: Pick<OwnPlace, 'names'>
  certificate: Certificate | undefined
}

export interface ApiParts {
  core: Core
  clients: ClientStore
  audit: AuditLog
  tailnet: Pick<Tailnet, 'whois'>
  version: string
  /** Where it listens on its own computer. */
  place: Required<AgentPlace>
  /** What is reached of it over a network; absent where it listens on none. */
  network: AgentNetwork | undefined
  noAuth: boolean
  webDir: string | undefined
  log: Logger
  conceal: Conceal
}

/** Calls of one client: a screen that starts asks dozens at once, and no person makes a hundred a second. */
const CALL_LIMIT = { burst: 500, perSecond: 100 }
/** Tries at pairing from one address. */
const PAIRING_LIMIT = { burst: 10, perSecond: 10 / 60 }

const GUESSED =
  'Somebody tries wrong pairing codes at this worker. If it is not you, its audit log says from where; your code still counts.'

function tellGuesses(events: EventLog): void {
  events.publish({ type: 'agent.warning', code: 'pairing_guessed', message: GUESSED })
}

/** The app, by a port of its own. */
const APP: Caller = { identity: LOCAL, face: { kind: 'socket' } }

/** Puts together what answers calls, carries terminals and serves the screens. */
export function composeApi(parts: ApiParts): AgentApi {
  const { core, clients, audit, version, network, noAuth, webDir, log, conceal } = parts
  const sockets = createOpenSockets()
  const { add: connection, recognise } = createConnections()
  const rootAccess = createRootAccess({ workspaces: core.workspaces, settings: () => core.config.settings })
  const door = createWorkspaceDoor({ workspaces: core.workspaces, rootAccess })
  const terminals = createTerminalGate({ door, log })
  const uploads = createUploadGate({ door, log })
  const pairing = createPairing({ guessed: () => tellGuesses(core.events) })
  const clientsChanged = (): void => {
    core.events.publish({ type: 'clients.changed' })
  }
  const users = namedUsers(parts)
  const router = createProcedures({
    core,
    clients,
    tailnetUsers: users,
    pairing,
    audit,
    clientsChanged,
    door,
    calls: createRateLimit(CALL_LIMIT),
    revoked: (client) => {
      sockets.closeOf(client, CLOSE.unauthorized)
      clientsChanged()
    },
    concealValues: conceal,
    workspacesCount: () => core.workspaces.list().length,
    terminalConnections: () => terminals.count,
    version,
    isPairable: network !== undefined,
    fingerprint: () => network?.certificate?.fingerprint,
    log,
  })
  void letGoOfChanged({ events: core.events, users, sockets, clientsChanged })
  const handler = new RPCHandler<CallContext>(router)
  const openCalls = createOpenCalls()
  // Until it is known what workspaces reach, nobody is taken at his address.
  const letsAnyoneIn = (): boolean => noAuth && core.engine.sharesLoopback === false
  const serve = (frames: RelayedFrames, caller: Caller): void =>
    serveCalls(handler, { frames, context: caller, openCalls, log })
  const guard = {
    authenticate: createAuthenticate({ clients, tailnetUsers: users, letsAnyoneIn, recognise }),
    isOurName: ourNames({
      addresses: () => network?.addresses() ?? [],
      names: () => [...(network?.place.names() ?? []), ...(network?.certificate?.names ?? [])],
      allowedHosts: core.config.allowedHosts,
    }),
  }
  const prove = (challenge: unknown): string | undefined => proofOf(parts.place, challenge)
  const pairingTries = createRateLimit(PAIRING_LIMIT)
  const web = webDir === undefined ? undefined : createWebFiles(webDir)
  const shared = { ...guard, sockets, audit }
  const ofClients = { clients, clientsChanged, pairing, pairingTries }
  const http = { ...shared, ...ofClients, engine: core.engine, router, web, version, log }
  return {
    listenersOf: (face) => ({
      request: createRequestListener(http, face),
      upgrade: createUpgradeListener({ ...shared, terminals, uploads, serveCalls: serve, prove }, face),
      connection,
    }),
    join: (request, frames) => {
      if (request.kind === 'worker') serve(frames, APP)
      else joinGate({ gate: request.kind === 'terminal' ? terminals : uploads, request, frames, audit })
    },
    closeSockets: () => sockets.closeAll(CLOSE.tryAgain),
  }
}

function namedUsers({ core, tailnet, log }: ApiParts): TailnetUsers {
  return tailnetUsers({ tailnet, users: () => core.config.access.tailnet.users, ownAddresses, log })
}

interface LettingGo {
  events: EventLog
  users: TailnetUsers
  sockets: OpenSockets
  clientsChanged(): void
}

/** Closes what users of the tailnet have open when the configuration does not name them any more; ends with the events. */
async function letGoOfChanged({ events, users, sockets, clientsChanged }: LettingGo): Promise<void> {
  for await (const { type } of events.subscribe(undefined, new AbortController().signal)) {
    if (type !== 'settings.changed') continue
    const changed = users.takeChanged()
    for (const id of changed) sockets.closeOf(id, CLOSE.unauthorized)
    if (changed.length > 0) clientsChanged()
  }
}

interface Joined {
  gate: Pick<TerminalGate, 'join'>
  request: Extract<PortedRequest, { workspace: string }>
  frames: RelayedFrames
  audit: AuditLog
}

function joinGate({ gate, request, frames, audit }: Joined): void {
  const action = request.kind === 'terminal' ? 'terminal.open' : 'upload.open'
  recordJoined(audit, APP, { action, workspace: request.workspace })
  gate.join(request.workspace, { frames, identity: APP.identity })
}
