import { homedir, hostname, networkInterfaces } from 'node:os'
import path from 'node:path'
import type { Logger } from 'pino'
import { configFolder } from '../../domain/config-folder.ts'
import { openTailnet } from '../../tailnet/tailnet.ts'
import type { AppPaths } from '../app-paths.ts'
import { answerAgent } from '../vault/answer-agent.ts'
import type { Keychain } from '../vault/keychain.ts'
import { openTokenVault, openVault } from '../vault/open-vault.ts'
import type { Vault } from '../vault/vault.ts'
import { AgentSupervisor } from './agent-supervisor.ts'
import { forkAgent } from './fork-agent.ts'
import { watchNetwork } from './network-change.ts'
import { WorkerRegistry } from './registry.ts'
import { TokenStore } from './remote/token-store.ts'
import { WorkerStore } from './remote/worker-file.ts'

/** The worker of this computer: its agent, to be started, and the vault that keeps its secrets. */
export function openWorker(deps: { paths: AppPaths; userData: string; keychain: Keychain; log: Logger }): {
  agent: AgentSupervisor
  vault: Vault
} {
  const { paths, userData, keychain, log } = deps
  const program = { entry: paths.agentEntry, resourcesDir: paths.resources, runtimeDir: paths.runtime }
  const vault = openVault({
    configDir: configFolder({ environment: process.env, platform: process.platform, home: homedir() }),
    userData,
    keychain,
    platform: process.platform,
    log,
  })
  const agent = new AgentSupervisor({
    fork: () => forkAgent(program, log),
    now: Date.now,
    log,
    askVault: (question) => answerAgent(vault, question, log),
  })
  vault.onReturn(() => agent.tell({ kind: 'vault-news', status: vault.status.value }))
  return { agent, vault }
}

const LOOK_AT_NETWORK_MS = 5_000

/** All workers: the one of this computer, whose secrets are in `vault`, and those on others, which are connected to at once. */
export function openWorkers(deps: {
  userData: string
  keychain: Keychain
  vault: Vault
  agent: AgentSupervisor
  log: Logger
}): WorkerRegistry {
  const { userData, keychain, vault, agent, log } = deps
  const tokens = new TokenStore(openTokenVault({ userData, keychain, platform: process.platform, log }))
  vault.onReturn(() => tokens.lookAgain())
  const registry = new WorkerRegistry({
    embedded: agent.summary,
    embeddedAgentId: () => agent.agentId,
    retryEmbedded: () => agent.retryNow(),
    store: new WorkerStore(path.join(userData, 'workers.json'), log),
    tokens,
    tailnet: openTailnet({}),
    clientName: `Berth on ${hostname()}`.slice(0, 120),
    log,
    now: Date.now,
  })
  watchNetwork({
    interfaces: networkInterfaces,
    every: (look) => {
      const timer = setInterval(look, LOOK_AT_NETWORK_MS)
      return () => clearInterval(timer)
    },
    changed: () => registry.reconsider(),
  })
  registry.open().catch((error: unknown) => log.error({ err: error }, 'the list of workers was not read'))
  return registry
}
