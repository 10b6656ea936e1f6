import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import type { Logger } from 'pino'
import { PortFrames } from '../../client/frames/port-frames.ts'
import { asDomPort, type TransferredPort } from '../../client/frames/transferred-port.ts'
import { configFolder } from '../../domain/config-folder.ts'
import { type AgentPlace, findPlace } from '../../local-agent/place.ts'
import type { SecretStore } from '../credentials/secret-store.ts'
import { type Conceal, createAgentLog } from '../log.ts'
import { type PortedRequest, startAgent } from '../main.ts'
import { ensurePrivateFolder } from '../store/private-folder.ts'
import { FolderInUse } from '../store/store-errors.ts'
import { openLogSink } from './log-sink.ts'
import type { EmbeddedOptions } from './parent-port.ts'
import { connectShared } from './shared-agent.ts'

/** What is behind the ports of the app: an agent of this process, or one that ran on the folder before it. */
export interface EmbeddedWorker {
  readonly version: string
  readonly agentId: string
  readonly capabilities: readonly string[]
  readonly isShared: boolean
  /** Aborted when a shared agent ends; absent for one of our own. */
  readonly gone?: AbortSignal
  join(request: PortedRequest, port: TransferredPort): void
  /** Ends what is this process's own. Workspaces run on, and so does a shared agent. */
  stop(): Promise<void>
}

export type WorkerOptions = EmbeddedOptions & {
  /** Where an agent of our own keeps its secrets; another's are its own affair. */
  secretStore: SecretStore
}

/**
 * Starts an agent on this person's folder; where one runs there already, uses that. Rejects with what `startAgent` throws,
 * or `VersionMismatch` where the other agent is of another time.
 */
export async function startWorker(options: WorkerOptions): Promise<EmbeddedWorker> {
  const configDir = configFolder({ environment: process.env, platform: process.platform, home: homedir() })
  await ensurePrivateFolder(configDir)
  const { log, conceal } = createAgentLog({
    destination: openLogSink(path.join(configDir, 'logs')),
    level: process.env['LOG_LEVEL'] ?? 'info',
  })
  logCrashes(log)
  try {
    return await startOwn({ ...options, configDir, log, conceal })
  } catch (error) {
    const place = error instanceof FolderInUse ? await findPlace(configDir, process.platform) : undefined
    if (place === undefined) {
      log.error({ err: error }, 'the agent could not start')
      throw error
    }
    log.info('an agent runs on this folder already: it is used')
    return await joinExisting(place)
  }
}

type OwnOptions = WorkerOptions & { configDir: string; log: Logger; conceal: Conceal }

async function startOwn(options: OwnOptions): Promise<EmbeddedWorker> {
  const agent = await startAgent({ ...options, listenTcp: false })
  return {
    version: agent.version,
    agentId: agent.agentId,
    capabilities: agent.capabilities,
    isShared: false,
    join: (request, port) => agent.join(request, new PortFrames(asDomPort(port))),
    stop: () => agent.stop(),
  }
}

async function joinExisting(place: AgentPlace): Promise<EmbeddedWorker> {
  const agent = await connectShared(place)
  return {
    version: agent.info.version,
    agentId: agent.info.agentId,
    capabilities: agent.info.capabilities,
    isShared: true,
    gone: agent.gone,
    join: agent.join,
    stop: () => Promise.resolve(),
  }
}

/** The state of a process is unknown after an error that nobody caught: it ends, and main starts it again. */
function logCrashes(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught')
    process.exit(1)
  })
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'unhandled rejection'))
}
