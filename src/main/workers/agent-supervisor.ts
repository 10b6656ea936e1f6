import type { MessagePortMain } from 'electron'
import type { Logger } from 'pino'
import { type AgentPortRequest, AgentProcessMessage } from '../../contract/desktop/index.ts'
import type { VaultAnswer, VaultQuestion } from '../../contract/desktop/vault.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import { Feed } from '../bridge/feed.ts'
import {
  type AgentHappening,
  type AgentState,
  INITIAL_AGENT_STATE,
  reduceAgentState,
  summarize,
} from './agent-state.ts'

/** The agent's process, as far as it is used here: an Electron utility process. */
export interface AgentChild {
  readonly pid: number | undefined
  postMessage(message: unknown, transfer?: MessagePortMain[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
}

export interface SupervisorDeps {
  /** Starts the process. Messages posted to it before it runs wait for it. */
  fork: () => AgentChild
  now: () => number
  log: Logger
  /** Answers what the agent asks of the vault; never rejects. */
  askVault: (question: VaultQuestion) => Promise<VaultAnswer>
}

/** Keeps the agent of this computer running: starts it, starts it again after a crash with growing waits, ends it. */
export class AgentSupervisor {
  readonly summary: Feed<WorkerSummary>
  readonly #deps: SupervisorDeps
  #state: AgentState = INITIAL_AGENT_STATE
  #child: AgentChild | undefined
  #agentId: string | undefined
  #retry: NodeJS.Timeout | undefined
  #ended: (() => void) | undefined

  constructor(deps: SupervisorDeps) {
    this.#deps = deps
    this.summary = new Feed(summarize(this.#state))
  }

  /** Which agent it is: it is the same after each start. Not known before the first. */
  get agentId(): string | undefined {
    return this.#agentId
  }

  start(): void {
    const { fork, log, now } = this.#deps
    this.#retry = undefined
    this.#happen({ type: 'started' })
    const child = fork()
    this.#child = child
    child.on('message', (message) => this.#heard(child, message))
    child.on('exit', (code) => {
      this.#child = undefined
      log.warn({ code, phase: this.#state.phase.name }, 'the agent process ended')
      this.#happen({ type: 'exited', at: now() })
      this.#afterExit()
    })
  }

  /** Starts an agent that waits for its next start at once: somebody asks for it. */
  retryNow(): void {
    if (this.#retry === undefined || this.#state.phase.name !== 'waiting') return
    clearTimeout(this.#retry)
    this.start()
  }

  /**
   * Joins `port` to the agent. Where no agent process is alive the port is closed at once: posted to a dead process it
   * would stay open and silent for ever, and its client could not know to try again.
   */
  join(request: AgentPortRequest, port: MessagePortMain): void {
    if (this.#child === undefined || this.#state.phase.name === 'ended') port.close()
    else this.#child.postMessage(request, [port])
  }

  /** Tells the agent something, where one is alive. */
  tell(message: AgentPortRequest): void {
    this.#child?.postMessage(message)
  }

  /** Asks the agent to end and waits for that, at most `limitMs`. Workspaces run on. Safe to call twice. */
  async shutdown(limitMs: number): Promise<void> {
    clearTimeout(this.#retry)
    this.#happen({ type: 'shutdown' })
    const child = this.#child
    if (child === undefined) return
    const { log } = this.#deps
    await new Promise<void>((resolve) => {
      const limit = setTimeout(() => {
        log.error({ limitMs }, 'the agent did not end in time')
        resolve()
      }, limitMs)
      this.#ended = () => {
        clearTimeout(limit)
        resolve()
      }
      child.postMessage({ kind: 'shutdown' } satisfies AgentPortRequest)
    })
  }

  #heard(child: AgentChild, message: unknown): void {
    const { log, now } = this.#deps
    const parsed = AgentProcessMessage.safeParse(message)
    if (!parsed.success) {
      // Paths of what is wrong, and no values: a question to the vault has secrets in it.
      const paths = parsed.error.issues.map(({ path }) => path.slice(0, 2).join('.'))
      log.error({ paths }, 'the agent process sent what is not in the contract')
      return
    }
    if (parsed.data.kind === 'vault') {
      // An agent that has ended meanwhile is asked nothing: the next one loads anew.
      void this.#deps.askVault(parsed.data).then((answer) => {
        if (this.#child === child) child.postMessage(answer)
      })
      return
    }
    if (parsed.data.kind === 'failed') {
      const { code, message: reason, hint } = parsed.data
      log.error({ code, reason }, 'the agent could not start')
      this.#happen({ type: 'refused', refusal: { code, message: reason, hint } })
      return
    }
    const { capabilities, version, agentId, shared = false } = parsed.data
    this.#agentId = agentId
    log.info({ version, shared }, 'the agent is ready')
    this.#happen({ type: 'ready', at: now(), capabilities, version, shared })
  }

  #afterExit(): void {
    const { phase } = this.#state
    if (phase.name !== 'waiting') {
      this.#ended?.()
      return
    }
    this.#retry = setTimeout(() => this.start(), Math.max(0, phase.retryAt - this.#deps.now()))
  }

  #happen(happening: AgentHappening): void {
    this.#state = reduceAgentState(this.#state, happening)
    this.summary.set(summarize(this.#state))
  }
}
