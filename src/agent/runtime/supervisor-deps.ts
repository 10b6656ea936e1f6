import type { Logger } from 'pino'
import type { RuntimeStatus } from '../../contract/agent/workspace.ts'
import type { RuntimeEnvironment } from '../../contract/runtime/boot.ts'
import type { AgentConfig } from '../config/config.ts'
import type { Engine } from '../engine/engine.ts'
import type { RuntimeDelivery } from './delivery.ts'

/** A workspace as far as its runtime needs to know it. */
export interface RuntimeSubject {
  workspaceId: string
  name: string
  containerId: string
  /** Absent: the runtime takes the user of the image. */
  user?: string
  /** Whether it has an engine of its own, to be kept running. */
  hasDocker: boolean
}

/** Where the runtime of a workspace stands. */
export interface RuntimeReport {
  status: RuntimeStatus
  version?: string | undefined
  /** For `unsupported`: what the image lacks. */
  message?: string
}

export interface SupervisorDeps {
  delivery: RuntimeDelivery
  addressing: AgentConfig['engine']['runtimeAddress']
  /** The engine that answers now. Throws `AgentError` when none does. */
  engine(): Promise<Engine>
  tokenOf(workspaceId: string): string
  /** Private key of the workspace's SSH server. */
  sshHostKeyOf(workspaceId: string): string
  environmentOf(workspaceId: string): RuntimeEnvironment
  onStatus(workspaceId: string, report: RuntimeReport): void
  /** Its container stops or has gone, or another one takes its place. */
  onReleased(workspaceId: string): void
  onTerminalsChanged(workspaceId: string): void
  /** Somebody was at work in it `idleMs` ago. */
  onActive(workspaceId: string, idleMs: number): void
  log: Logger
}
