import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import { openTailnet } from '../tailnet/tailnet.ts'
import { type AgentApi, type AgentNetwork, composeApi, type PortedRequest } from './api/compose.ts'
import { type HeldConnections, holdConnections } from './api/listen.ts'
import { CAPABILITIES } from './api/scopes.ts'
import { type AuditLog, openAuditLog } from './audit/audit-log.ts'
import { type ClientStore, openClientStore } from './auth/client-store.ts'
import { type Core, createCore } from './core.ts'
import type { SecretStore } from './credentials/secret-store.ts'
import { type Faces, type Listening, openFaces } from './faces.ts'
import type { Conceal } from './log.ts'
import { AddressRefused, type ChosenAddresses, chooseAddresses, tailnetAddresses } from './network/addresses.ts'
import { type Certificate, type CertificateFiles, openCertificate } from './network/certificate.ts'
import { ownPlace } from './network/own-place.ts'
import type { EngineMonitor, EventLog } from './services.ts'
import { type ClaimedFolder, claimFolder } from './store/folder.ts'
import type { RelayedFrames } from './terminals/relay.ts'

export type { PortedRequest } from './api/compose.ts'

export interface AgentOptions {
  configDir: string
  /** The folder with `manifest.json` and `images/`. */
  resourcesDir: string
  /** The folder with the built runtimes, one per platform. */
  runtimeDir: string
  /** The folder with the built web UI, which may be missing. */
  webDir?: string
  log: Logger
  /** Told of values that must not appear in the log (see `createAgentLog`). */
  conceal?: Conceal
  /** Whether to listen on TCP. An embedded agent opens no port. */
  listenTcp: boolean
  /** Where secrets rest. Default: a file that its owner alone may read. */
  secretStore?: SecretStore
  /** Goes before the port of the configuration; 0: any free one. */
  port?: number
  /** The one address to listen on. Default: loopback, and the tailnet's where there is one. */
  host?: string
  /** Asks for no tokens; loopback only. */
  noAuth?: boolean
  /** Allows addresses where tokens would travel over plain HTTP. */
  insecure?: boolean
  /** Has the network face speak HTTPS. */
  tls?: CertificateFiles
  environment?: NodeJS.ProcessEnv
}

export interface RunningAgent {
  readonly version: string
  readonly agentId: string
  readonly capabilities: readonly string[]
  readonly isFirstRun: boolean
  /** Where it listens on TCP now; empty for an embedded one. */
  readonly listening: readonly Listening[]
  /** SHA-256 of its certificate, where it has one. */
  readonly fingerprint: string | undefined
  readonly socketPath: string
  readonly events: EventLog
  /** Joins a channel of the app: its calls, or the terminals of a workspace. */
  join(request: PortedRequest, frames: RelayedFrames): void
  /** Stops taking calls, closes every socket with a code that invites to come back, and lets go. Workspaces run on. */
  stop(): Promise<void>
}

/**
 * Starts an agent on its folder and answers on it. Throws what a person must mend, with `message` and `hint`:
 * `FolderInUse`, `FolderUnsafe`, `ConfigInvalid`, `StateUnreadable`, `AddressRefused`, `PortTaken`, `CertificateUnusable`.
 */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const { host, noAuth = false, insecure = false, tls } = options
  const isTls = tls !== undefined
  const addresses = options.listenTcp ? chooseAddresses({ host, noAuth, insecure, isTls }) : undefined
  const folder = await claimFolder(options.configDir)
  const held = holdConnections(folder.server)
  try {
    const core = await createCore(options)
    try {
      if (noAuth) await refuseWhereWorkspacesReach(core.engine)
      return await serve({ options, core, folder, held, addresses })
    } catch (error) {
      await core[Symbol.asyncDispose]()
      throw error
    }
  } catch (error) {
    held.drop()
    await folder.release()
    throw error
  }
}

/** How long a start waits for tailscaled: its addresses are listened on later too. */
const FIRST_ANSWER_MS = 1_000

interface Parts {
  options: AgentOptions
  core: Core
  folder: ClaimedFolder
  held: HeldConnections
  addresses: ChosenAddresses | undefined
}

/** Without tokens, whoever reaches the loopback address may do all that can be done. Throws `AddressRefused`. */
async function refuseWhereWorkspacesReach(engine: EngineMonitor): Promise<void> {
  await engine.looked()
  if (engine.sharesLoopback !== true) return
  throw new AddressRefused(
    'Without tokens, every workspace could use this computer: its engine lets them reach the loopback address.',
    'Leave out --no-auth.',
  )
}

async function serve({ options, core, folder, held, addresses }: Parts): Promise<RunningAgent> {
  const { configDir, log, noAuth = false, webDir, conceal = () => () => undefined } = options
  const clients = await openClientStore(path.join(configDir, 'clients.json'))
  const version = await versionOf(options.runtimeDir)
  const certificate = options.tls === undefined ? undefined : await openCertificate(options.tls, log)
  const audit = await openAuditLog({ configDir, log })
  conceal([Buffer.from(core.secret).toString('hex')])
  const { socketPath } = core.config.access.tailnet
  const tailnet = openTailnet(socketPath === undefined ? {} : { socketPath })
  const place = ownPlace(tailnet)
  let listening = (): readonly Listening[] => []
  const network: AgentNetwork = {
    addresses: () => listening().map(({ host }) => host),
    place,
    certificate,
  }
  const api = composeApi({
    ...{ core, clients, audit, tailnet, version, noAuth, webDir, log, conceal },
    place: { path: folder.socketPath, secret: core.secret },
    network: addresses === undefined ? undefined : network,
  })
  // As a rule it answers at once, and the first line names all addresses.
  if (addresses !== undefined) await Promise.race([place.refresh(), delay(FIRST_ANSWER_MS, undefined, { ref: false })])
  const faces = await openFaces({
    held,
    addresses: addresses?.fixed ?? [],
    ...(addresses?.followsTailnet === true ? { following: () => place.addressesAmong(tailnetAddresses()) } : {}),
    port: options.port ?? core.config.port,
    certificate,
    listenersOf: api.listenersOf,
    changed: () => void place.refresh(),
    log,
  })
  listening = () => faces.listening
  log.info({ listening: faces.listening, version }, 'the agent runs')

  const stopping = { api, faces, certificate, clients, audit, core, folder }
  let stopped: Promise<void> | undefined
  return {
    version,
    agentId: core.agentId,
    capabilities: CAPABILITIES,
    isFirstRun: core.isFirstRun,
    get listening() {
      return faces.listening
    },
    fingerprint: certificate?.fingerprint,
    socketPath: folder.socketPath,
    events: core.events,
    join: api.join,
    stop: () => {
      stopped ??= stop(stopping)
      return stopped
    },
  }
}

interface Stopping {
  api: AgentApi
  faces: Faces
  certificate: Certificate | undefined
  clients: ClientStore
  audit: AuditLog
  core: Core
  folder: ClaimedFolder
}

async function stop({ api, faces, certificate, clients, audit, core, folder }: Stopping): Promise<void> {
  const closing = faces.close()
  api.closeSockets()
  await closing
  await certificate?.[Symbol.asyncDispose]()
  await clients.flush()
  await core[Symbol.asyncDispose]()
  audit[Symbol.dispose]()
  await folder.release()
}

/** The version of the product, as its runtime's build has noted it. */
async function versionOf(runtimeDir: string): Promise<string> {
  const platforms = ['linux-x64', 'linux-arm64']
  for (const platform of platforms) {
    const text = await readFile(path.join(runtimeDir, platform, 'manifest.json'), 'utf8').catch(() => undefined)
    if (text !== undefined) return z.object({ version: z.string() }).parse(JSON.parse(text)).version
  }
  return '0.0.0'
}
