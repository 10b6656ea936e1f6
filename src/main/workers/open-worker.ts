import { homedir } from 'node:os'
import type { Logger } from 'pino'
import { configFolder } from '../../domain/config-folder.ts'
import type { AppPaths } from '../app-paths.ts'
import { answerAgent } from '../vault/answer-agent.ts'
import { openVault } from '../vault/open-vault.ts'
import type { Vault } from '../vault/vault.ts'
import { AgentSupervisor } from './agent-supervisor.ts'
import { forkAgent } from './fork-agent.ts'

/** The worker of this computer: its agent, to be started, and the vault that keeps its secrets. */
export function openWorker(deps: { paths: AppPaths; userData: string; log: Logger }): {
  agent: AgentSupervisor
  vault: Vault
} {
  const { paths, userData, log } = deps
  const program = { entry: paths.agentEntry, resourcesDir: paths.resources, runtimeDir: paths.runtime }
  const vault = openVault({
    configDir: configFolder({ environment: process.env, platform: process.platform, home: homedir() }),
    userData,
    threadProgram: paths.keychainThread,
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
