import type { Logger } from 'pino'
import type { AgentConfig } from '../config/config.ts'
import type { Configuration } from '../configuration.ts'
import { TemplateImages } from '../engine/images/template-images.ts'
import { EngineLink } from '../engine/monitor.ts'
import { EngineTerminals } from '../engine-terminals/engine-terminals.ts'
import { type Gathered, gather } from '../events/gathered.ts'
import { LastScreens } from '../last-screens/last-screens.ts'
import type { AgentClock } from '../lifetimes/clock.ts'
import { keepLifetimes } from '../lifetimes/keep.ts'
import type { LifetimeKeeper } from '../lifetimes/keeper.ts'
import { RuntimeDelivery } from '../runtime/delivery.ts'
import type { EventLog } from '../services.ts'
import { sshHostKeyOf } from '../ssh/host-key.ts'
import type { TemplateCatalog } from '../templates/catalog.ts'
import { CredentialDelivery } from './credential-delivery.ts'
import type { Deletions } from './delete.ts'
import type { WorkspaceDeps } from './deps.ts'
import type { Entry } from './entry.ts'
import { createFollower } from './follower.ts'
import { Journal } from './journal.ts'
import { WorkspaceNetwork } from './network.ts'
import { PortAllocator } from './ports.ts'
import type { WorkspaceRegistry } from './registry.ts'
import { superviseRuntimes } from './runtimes.ts'
import { ScriptRuns } from './scripts/script-runs.ts'
import { subjectOf } from './subject.ts'

export interface WireInput {
  agentId: string
  secret: Uint8Array
  configuration: Configuration
  /** The configuration that this run of the agent begins with: of the engine, it is in force until the next. */
  started: AgentConfig
  templates: TemplateCatalog
  registry: WorkspaceRegistry
  events: EventLog
  log: Logger
  configDir: string
  runtimeDir: string
  environment: NodeJS.ProcessEnv
  clock: AgentClock
}

export interface Wired {
  deps: WorkspaceDeps
  deletions: Deletions
  lifetimes: LifetimeKeeper
  /** News that are gathered, and not told yet. */
  news: Disposable
}

/** Puts together what the use cases of workspaces stand on, and begins to follow the engine. */
export function wireWorkspaces(input: WireInput): Wired {
  const { agentId, secret, configuration, started, templates, registry, events, clock, log } = input
  const { environments, environmentOf } = configuration
  const now = (): Date => new Date(clock.now())
  const delivery = new RuntimeDelivery({ runtimeDir: input.runtimeDir, agentId, log })
  const deletions: Deletions = new Map()
  const follower = createFollower({ deps: () => deps, deletions, events })
  const link = new EngineLink({
    environment: input.environment,
    configuredHost: started.engine.host,
    platform: process.platform,
    log,
    follower,
  })
  const lifetimes = keepLifetimes({ deps: () => deps, deletions, events, clock, registry, log })
  const onReady = (entry: Entry): void => deps.credentialDelivery.runtimeReady(entry)
  const news = terminalNews(registry, events)
  const engineTerminals = new EngineTerminals({
    engine: () => link.require(),
    environmentOf,
    onTerminalsChanged: news.note,
    onActive: (workspaceId) => lifetimes.active(workspaceId, 0),
    log,
  })
  const runtimes = superviseRuntimes({
    ...{ registry, delivery, config: started, link, secret, environmentOf, onReady, lifetimes },
    ...{ onTerminalsChanged: news.note, engineTerminals, log },
  })
  const deps: WorkspaceDeps = {
    ...{ agentId, configDir: input.configDir },
    get config() {
      return { ...configuration.current, engine: started.engine }
    },
    templates,
    registry,
    link,
    images: new TemplateImages({
      ...{ agentId, layers: templates, baseImage: started.engine.baseImage },
      ...{ environment: input.environment, log },
    }),
    network: new WorkspaceNetwork(),
    delivery,
    runtimes,
    engineTerminals,
    lastScreens: new LastScreens({ engine: () => link.require(), log }),
    ports: new PortAllocator({
      registry,
      get pools() {
        return configuration.current.ports
      },
    }),
    environments,
    credentialDelivery: new CredentialDelivery({
      registry,
      runtimes,
      subjectOf: (entry) => subjectOf({ templates }, entry),
      environmentOf,
      files: configuration.files,
      log,
    }),
    journal: new Journal(now),
    events,
    scripts: new ScriptRuns(() => deps),
    sshHostKey: (workspaceId) => sshHostKeyOf(secret, workspaceId),
    log,
    now,
  }
  return { deps, deletions, lifetimes, news }
}

/** Tells that the terminals of a workspace, by its id, are others than before: it can say so as often as it likes. */
function terminalNews(registry: WorkspaceRegistry, events: EventLog): Gathered {
  return gather((workspaceId) => {
    const entry = registry.findById(workspaceId)
    if (entry !== undefined) events.publish({ type: 'terminals.changed', workspace: entry.record.name })
  })
}
