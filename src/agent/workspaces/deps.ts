import type { Logger } from 'pino'
import type { AgentConfig } from '../config/config.ts'
import type { EnvironmentStore } from '../credentials/environment-store.ts'
import type { TemplateImages } from '../engine/images/template-images.ts'
import type { EngineLink } from '../engine/monitor.ts'
import type { EngineTerminals } from '../engine-terminals/engine-terminals.ts'
import type { LastScreens } from '../last-screens/last-screens.ts'
import type { RuntimeDelivery } from '../runtime/delivery.ts'
import type { RuntimeSupervisor } from '../runtime/supervisor.ts'
import type { EventLog } from '../services.ts'
import type { SshHostKey } from '../ssh/host-key.ts'
import type { TemplateCatalog } from '../templates/catalog.ts'
import type { CredentialDelivery } from './credential-delivery.ts'
import type { Journal } from './journal.ts'
import type { WorkspaceNetwork } from './network.ts'
import type { PortAllocator } from './ports.ts'
import type { WorkspaceRegistry } from './registry.ts'
import type { StartScriptRunner } from './scripts/start-script.ts'

/** What the use cases of workspaces stand on. */
export interface WorkspaceDeps {
  agentId: string
  /** The folder of the configuration, from which its paths go. */
  configDir: string
  /** As it is in force now. */
  readonly config: AgentConfig
  templates: TemplateCatalog
  registry: WorkspaceRegistry
  link: EngineLink
  images: TemplateImages
  network: WorkspaceNetwork
  delivery: RuntimeDelivery
  runtimes: RuntimeSupervisor
  /** Terminals and commands where the runtime cannot be. */
  engineTerminals: EngineTerminals
  /** Terminals where the workspace does not run. */
  lastScreens: LastScreens
  ports: PortAllocator
  environments: EnvironmentStore
  /** What is printed for workspaces outside of their containers: builds, scripts. */
  journal: Journal
  events: EventLog
  credentialDelivery: CredentialDelivery
  sshHostKey(workspaceId: string): SshHostKey
  scripts: StartScriptRunner
  log: Logger
  now: () => Date
}
