import { homedir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Diagnostic } from '../contract/agent/info.ts'
import type { TemplateInfo } from '../contract/agent/templates.ts'
import { secretPath } from '../local-agent/place.ts'
import type { AgentConfig } from './config/config.ts'
import { loadConfig } from './config/config-file.ts'
import { openConfiguration } from './configuration.ts'
import { secretFile } from './credentials/secret-file.ts'
import type { SecretStore } from './credentials/secret-store.ts'
import type { EngineLink } from './engine/monitor.ts'
import { createEventLog, newEpoch } from './events/event-log.ts'
import { type AgentClock, SYSTEM_CLOCK } from './lifetimes/clock.ts'
import type { LifetimeKeeper } from './lifetimes/keeper.ts'
import type { Conceal } from './log.ts'
import type { ConfigService, EngineMonitor, EventLog, StatsService, WorkspaceService } from './services.ts'
import { createStatsService } from './stats/stats-service.ts'
import { ensurePrivateFolder } from './store/private-folder.ts'
import { agentIdOf, loadSecret } from './store/secret.ts'
import { loadState } from './store/state-file.ts'
import { StateStore } from './store/state-store.ts'
import { TemplateCatalog } from './templates/catalog.ts'
import { loadManifest } from './templates/manifest.ts'
import type { WorkspaceDeps } from './workspaces/deps.ts'
import { noteInterruptions } from './workspaces/interrupted.ts'
import { WorkspaceRegistry } from './workspaces/registry.ts'
import { createWorkspaceService } from './workspaces/service.ts'
import { wireWorkspaces } from './workspaces/wire.ts'

export interface CoreOptions {
  /** The agent's folder, claimed already (`claimFolder`) so that no other agent writes into it. */
  configDir: string
  /** The folder with `manifest.json` and `images/`. */
  resourcesDir: string
  /** The folder with the built runtimes, one per platform (`linux-x64`, `linux-arm64`). */
  runtimeDir: string
  log: Logger
  /** Told of values that must not appear in the log (see `createAgentLog`). */
  conceal?: Conceal
  /** Where secrets rest. Default: a file that its owner alone may read. */
  secretStore?: SecretStore
  /** Where `DOCKER_HOST` and the home folder are read from. Default: `process.env`. */
  environment?: NodeJS.ProcessEnv
  /** What the lives of workspaces are counted by. Default: the computer's clocks. */
  clock?: AgentClock
}

/** The agent without its faces: workspaces on an engine, their store, their events. */
export interface Core {
  readonly workspaces: WorkspaceService
  readonly configuration: ConfigService
  readonly events: EventLog
  readonly stats: StatsService
  readonly engine: EngineMonitor
  /** As it is in force now. */
  readonly config: AgentConfig
  /** Whether this start has made the configuration. */
  readonly isFirstRun: boolean
  /** Label value of everything that this agent makes in the engine; the same for as long as its folder lives. */
  readonly agentId: string
  /** 32 random bytes of this folder: what tokens of runtimes are derived from. */
  readonly secret: Uint8Array
  templates(): TemplateInfo[]
  /** What is the matter now, in words that hold no path and no secret. */
  diagnostics(): Diagnostic[]
  /** Ends streams, timers and sockets. Workspaces run on. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Reads the folder, makes what a first run needs, and begins to follow the engine; returns without waiting for it: calls
 * that need the engine wait for the first attempt to find it. Throws `FolderUnsafe`, `ConfigInvalid`, `StateUnreadable`
 * with what a person must mend.
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { configDir, resourcesDir, runtimeDir, log, environment = process.env, clock = SYSTEM_CLOCK } = options
  const { conceal = () => () => undefined } = options
  await ensurePrivateFolder(configDir)
  const stateFile = path.join(configDir, 'state.json')
  const [config, secret, manifest, loaded] = await Promise.all([
    loadConfig(configDir),
    loadSecret(secretPath(configDir)),
    loadManifest(resourcesDir),
    loadState(stateFile),
  ])
  const now = (): Date => new Date(clock.now())
  const events = createEventLog({ epoch: newEpoch(), now })
  const store = new StateStore(stateFile, loaded.state)
  const configuration = await openConfiguration({
    configDir,
    resourcesDir,
    loaded: config,
    store: options.secretStore ?? secretFile(path.join(configDir, 'secrets.json')),
    secret,
    home: environment['HOME'] ?? homedir(),
    events,
    conceal,
    credentialsChanged: () => deps.credentialDelivery.bringToRunning(),
    log,
  })
  const own = (): AgentConfig['templates'] => configuration.current.templates
  const templates = new TemplateCatalog({ ...manifest, own, configDir, homeDir: homedir() })
  const registry = new WorkspaceRegistry({ store, events, log })
  noteInterruptions(registry)
  const { deps, deletions, lifetimes, news } = wireWorkspaces({
    ...{ agentId: agentIdOf(secret), secret, configuration, started: config.config, templates, registry, events, log },
    ...{ configDir, runtimeDir, environment, clock },
  })
  if (loaded.warning !== undefined) tellRestored(loaded.warning, { log, events })
  lifetimes.start()
  return {
    workspaces: createWorkspaceService({ deps, deletions, lifetimes }),
    events,
    stats: createStatsService(deps),
    engine: deps.link,
    configuration: configuration.service,
    get config() {
      return configuration.current
    },
    isFirstRun: config.isNew,
    agentId: deps.agentId,
    secret,
    templates: () => templates.list(),
    diagnostics: () =>
      [...diagnose(deps.link, loaded.warning), ...configuration.diagnostics()].slice(0, MOST_DIAGNOSTICS),
    [Symbol.asyncDispose]: async () => {
      await configuration[Symbol.asyncDispose]()
      await endWork(deps, lifetimes)
      news[Symbol.dispose]()
      events.end()
      await store.flush()
    },
  }
}

function tellRestored(message: string, { log, events }: { log: Logger; events: EventLog }): void {
  log.warn(message)
  events.publish({ type: 'agent.warning', code: 'state_restored', message })
}

async function endWork(
  { registry, delivery, credentialDelivery, link, runtimes, engineTerminals, scripts }: WorkspaceDeps,
  lifetimes: LifetimeKeeper,
): Promise<void> {
  const works = registry.all().map(({ work }) => work?.ended)
  await atMost(
    END_LIMIT_MS,
    Promise.all([lifetimes.dispose(), ...works, delivery.settle(), credentialDelivery.settle()]),
  )
  for (const { work } of registry.all()) work?.cancel.abort()
  await scripts.dispose()
  await engineTerminals.dispose()
  await link.dispose()
  await runtimes.dispose()
}

/** What is under way gets this long to end well; a build that takes longer is gone on with at the next start. */
const END_LIMIT_MS = 5000
const MOST_DIAGNOSTICS = 16

async function atMost(limitMs: number, work: Promise<unknown>): Promise<void> {
  const limit = new AbortController()
  await Promise.race([work, delay(limitMs, undefined, { signal: limit.signal }).catch(() => undefined)])
  limit.abort()
}

const LOOPBACK_SHARED =
  'With this engine, workspaces may reach what listens on this computer’s own address (127.0.0.1), published ports of other workspaces among it.'

function diagnose(link: EngineLink, stateWarning: string | undefined): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const { status, message } = link.state
  if (link.sharesLoopback === true) {
    diagnostics.push({ code: 'loopback_shared', severity: 'info', message: LOOPBACK_SHARED })
  }
  if (status !== 'ready') {
    diagnostics.push({ code: `engine_${status}`, severity: status === 'starting' ? 'info' : 'error', message })
  }
  if (stateWarning !== undefined)
    diagnostics.push({ code: 'state_restored', severity: 'warning', message: stateWarning })
  return diagnostics
}
