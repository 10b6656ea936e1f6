import type {
  Credentials,
  CredentialsPatch,
  Login,
  Scripts,
  WorkerSettings,
  WorkerSettingsPatch,
} from '../contract/agent/config.ts'
import type { EngineState } from '../contract/agent/engine.ts'
import type { AgentEvent } from '../contract/agent/events.ts'
import type { LogLine } from '../contract/agent/log-line.ts'
import type { EnvironmentPatch, MaskedEnvironment } from '../contract/agent/secret-value.ts'
import type { PublicKey, SshAccess } from '../contract/agent/ssh.ts'
import type { WorkspaceStats } from '../contract/agent/stats.ts'
import type { Terminal } from '../contract/agent/terminals.ts'
import type {
  CreateWorkspace,
  DeletionReport,
  ExecInput,
  ExecResult,
  UpdateWorkspace,
  WorkspaceInfo,
} from '../contract/agent/workspace.ts'
import type { FrameSocket } from '../contract/terminal/frame-socket.ts'

/** What stands between the faces of the agent (`api/`, `terminals/`) and the work itself (`workspaces/`, `engine/`). */
export interface WorkspaceService {
  list(): WorkspaceInfo[]
  get(name: string): WorkspaceInfo
  /** Privileged Docker inside is for those who `mayBecomeRoot` on the worker alone (default: not). */
  create(input: CreateWorkspace, asker?: { mayBecomeRoot: boolean }): Promise<WorkspaceInfo>
  retry(name: string): Promise<WorkspaceInfo>
  cancel(name: string): Promise<void>
  start(name: string): Promise<WorkspaceInfo>
  stop(name: string): Promise<WorkspaceInfo>
  restart(name: string): Promise<WorkspaceInfo>
  rebuild(name: string): Promise<WorkspaceInfo>
  update(input: UpdateWorkspace): Promise<WorkspaceInfo>
  touch(name: string): WorkspaceInfo
  delete(name: string, options: { force: boolean }): Promise<void>
  deletionReport(name: string): Promise<DeletionReport>
  logs(name: string, tail: number): Promise<string>
  /** The end of the log and what comes, until the workspace is deleted or `signal` aborts. Throws `AgentError` `NOT_FOUND`. */
  followLogs(name: string, tail: number, signal: AbortSignal): AsyncGenerator<LogLine, void, void>
  exec(input: ExecInput, signal: AbortSignal): Promise<ExecResult>
  environment(name: string): MaskedEnvironment
  changeEnvironment(name: string, patch: EnvironmentPatch): Promise<MaskedEnvironment>
  revealVariable(name: string, key: string): string
  /** Of a workspace that is stopped, those whose last screens can be read. */
  terminals(name: string): Promise<Terminal[]>
  /** An empty title gives the program's own back. */
  renameTerminal(name: string, terminal: string, title: string): Promise<void>
  closeTerminal(name: string, terminal: string): Promise<void>
  authorizeKey(name: string, publicKey: PublicKey): Promise<SshAccess>
  /** Where the runtime of a running workspace listens, starting it where it does not. Throws `AgentError`. */
  runtimeEndpoint(name: string): Promise<RuntimeEndpoint>
  /** Who holds its terminals. Throws as `runtimeEndpoint`. */
  terminalHolder(name: string): Promise<TerminalHolder>
}

/** What the agent was told to do, as clients see and change it. */
export interface ConfigService {
  credentials(): Promise<Credentials>
  updateCredentials(patch: CredentialsPatch): Promise<Credentials>
  /** Throws `AgentError` `NOT_FOUND`. */
  revealCredential(name: string): string
  logins(): Promise<Login[]>
  useLogin(kind: string): Promise<Credentials>
  scripts(): Scripts
  updateScripts(scripts: Scripts): Promise<Scripts>
  settings(): WorkerSettings
  updateSettings(patch: WorkerSettingsPatch): Promise<WorkerSettings>
  /** Has a user of the tailnet need a token again. Throws `AgentError`. */
  forgetTailnetUser(login: string): Promise<void>
}
/** Who holds the terminals of a workspace. `join` makes a channel that speaks `berth.terminal.1`. */
export type TerminalHolder =
  | { kind: 'runtime'; endpoint: RuntimeEndpoint }
  | { kind: 'agent'; join(): FrameSocket }
  /** The workspace does not run: its last screens can be read. */
  | { kind: 'nobody'; join(): FrameSocket }

/** How to reach the runtime of one workspace. The token never leaves the agent. */
export interface RuntimeEndpoint {
  host: string
  port: number
  token: string
}

/** An event before it has its id and time. */
export type NewAgentEvent = AgentEvent extends infer Event
  ? Event extends AgentEvent
    ? Omit<Event, 'id' | 'at'>
    : never
  : never

export interface EventLog {
  publish(event: NewAgentEvent): void
  /** See the contract of `events`; ends when `signal` aborts. A subscriber that lags 10,000 events gets a `reset`. */
  subscribe(after: string | undefined, signal: AbortSignal): AsyncGenerator<AgentEvent, void, void>
}

export interface EngineMonitor {
  readonly state: EngineState
  /** Whether workspaces may reach what listens on the loopback address of this computer; undefined until an engine was found. */
  readonly sharesLoopback: boolean | undefined
  /** Resolves when the attempt to find an engine that is under way is over. */
  looked(): Promise<void>
}

export interface StatsService {
  /**
   * What one workspace uses (or all, without a name), at most every `intervalMs`, until it is deleted or `signal` aborts.
   * Throws `AgentError` `NOT_FOUND`.
   */
  follow(
    watched: { name: string | undefined; intervalMs: number },
    signal: AbortSignal,
  ): AsyncGenerator<WorkspaceStats, void, void>
}
