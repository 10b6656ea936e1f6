import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Engine } from '../../src/agent/engine/engine.ts'
import { agentIdOf } from '../../src/agent/store/secret.ts'
import { createWorkerClient } from '../../src/client/create-worker-client.ts'
import { createWebSocketLink } from '../../src/client/links/web-socket-link.ts'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { PairResponse, type Scope } from '../../src/contract/agent/clients.ts'
import { type AgentPlace, secretPath, socketOf } from '../../src/local-agent/place.ts'
import { agentSockets } from '../../src/local-agent/sockets.ts'
import { makeConfigDir } from './core.ts'
import { noteAgent, openEngine, sweepAgent, sweepDeadRuns } from './engine.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** As source: Node runs it as it is, so that what is tested is what is written. */
export const WS = path.join(ROOT, 'src/cli/main.ts')

export interface AgentSetUp {
  /** Put into `config.json` before the first start. */
  config?: Record<string, unknown>
  args?: readonly string[]
  /** A command that runs the agent, which is appended to it: `ip netns exec …`. */
  through?: readonly [string, ...string[]]
  environment?: NodeJS.ProcessEnv
  /** Where what it makes is looked for, and removed at the end. Default: the engine that all tests share. */
  engine?: Engine
  /** Default: one that the system chooses. */
  port?: number
}

/** A name that no other test uses at the same time: all of them share one engine. */
export function uniqueName(stem: string): string {
  return `${stem}-${randomBytes(4).toString('hex')}`
}

/** `ws --agent` as a process of its own, on a folder of its own, and all that is needed to leave nothing behind. */
export class AgentProcess {
  readonly configDir: string
  readonly engine: Engine
  readonly said: string[] = []
  readonly #setUp: AgentSetUp
  readonly #clients = new Set<WorkerClient>()
  #process: ChildProcess | undefined
  #url = ''

  private constructor(configDir: string, engine: Engine, setUp: AgentSetUp) {
    this.configDir = configDir
    this.engine = engine
    this.#setUp = setUp
  }

  static async start(setUp: AgentSetUp = {}): Promise<AgentProcess> {
    const shared = await openEngine()
    await sweepDeadRuns(shared)
    const agent = new AgentProcess(await makeConfigDir(setUp.config), setUp.engine ?? shared, setUp)
    await agent.launch(setUp.port ?? 0)
    noteAgent(await agent.agentId())
    return agent
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return this.#url
  }

  get port(): number {
    return Number(new URL(this.#url).port)
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  get socketPath(): string {
    return socketOf(this.configDir).path
  }

  async agentId(): Promise<string> {
    return agentIdOf(await readFile(secretPath(this.configDir)))
  }

  /** Starts the process on `port` and waits until it says where it listens. */
  async launch(port = this.port): Promise<void> {
    const args = [WS, '--agent', '--port', String(port), ...(this.#setUp.args ?? [])]
    const [program, ...words] = [...(this.#setUp.through ?? []), process.execPath, ...args]
    const child = spawn(program ?? process.execPath, words, {
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    const listening = new Promise<string>((resolve, reject) => {
      const hear = (line: string): void => {
        this.said.push(line)
        const found = /^Agent running at (https?:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1]
        if (found !== undefined) resolve(found)
      }
      createInterface(child.stdout).on('line', hear)
      createInterface(child.stderr).on('line', hear)
      child.once('exit', (code) => reject(new Error(`The agent ended with ${code}:\n${this.said.join('\n')}`)))
    })
    this.#url = await listening
  }

  environment(): NodeJS.ProcessEnv {
    const { PORT: _port, ...inherited } = process.env
    return { ...inherited, WS_CONFIG_DIR: this.configDir, ...this.#setUp.environment }
  }

  /** Ends the process by `signal`; resolves with its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined) return null
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    return child.exitCode
  }

  /** A worker over the agent's socket, as `ws` has it; gone with the agent. */
  local(place: AgentPlace = socketOf(this.configDir)): WorkerClient {
    return this.#remember(createWorkerClient({ link: createWebSocketLink({ open: agentSockets(place) }) }))
  }

  /** A worker over the network, with a token, as a browser has it; `through` another address than the agent's own. */
  remote(token: string, through?: { url: string }): WorkerClient {
    const open = (urlPath: string, protocols: string[]): WebSocket => {
      const socket = new WebSocket((through?.url ?? this.#url).replace('http', 'ws') + urlPath, protocols)
      socket.binaryType = 'arraybuffer'
      return socket
    }
    return this.#remember(createWorkerClient({ link: createWebSocketLink({ open, token }) }))
  }

  /** Pairs as a client does; the answer holds its token. */
  async pair(name = 'test', scope: Scope = 'operate'): Promise<PairResponse> {
    const { code } = await this.local().api.clients.pair({ scope })
    return this.redeem(code, name)
  }

  /** Trades a code for a token. */
  async redeem(code: string, name = 'test'): Promise<PairResponse> {
    const response = await fetch(`${this.#url}/pair`, { method: 'POST', body: JSON.stringify({ code, name }) })
    if (response.status !== 200) throw new Error(`Pairing answered ${response.status}: ${await response.text()}`)
    return PairResponse.parse(await response.json())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.dispose()
    const agentId = await this.agentId().catch(() => undefined)
    await this.end('SIGTERM')
    if (agentId !== undefined) await sweepAgent(this.engine, agentId)
    await rm(this.configDir, { recursive: true, force: true })
  }

  #remember(client: WorkerClient): WorkerClient {
    this.#clients.add(client)
    return client
  }
}
