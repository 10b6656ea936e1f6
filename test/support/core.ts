import { randomInt } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { type Core, createCore } from '../../src/agent/core.ts'
import type { SecretStore } from '../../src/agent/credentials/secret-store.ts'
import type { Engine } from '../../src/agent/engine/engine.ts'
import { type AgentClock, SYSTEM_CLOCK } from '../../src/agent/lifetimes/clock.ts'
import { agentIdOf } from '../../src/agent/store/secret.ts'
import type { AgentEvent } from '../../src/contract/agent/events.ts'
import { RESOURCES_DIR, RUNTIME_DIR } from './core-folders.ts'
import { noteAgent, openEngine, sweepAgent, sweepDeadRuns } from './engine.ts'

export interface CoreSetUp {
  configDir?: string
  resourcesDir?: string
  runtimeDir?: string
  environment?: NodeJS.ProcessEnv
  clock?: AgentClock
  secretStore?: SecretStore
  /** Where `fixture.engine` looks. Default: at the engine of this computer, whatever the agent is given. */
  engineEnvironment?: NodeJS.ProcessEnv
  /** Put into `config.json` beside pools of its own, before the first start. */
  config?: Record<string, unknown>
}

/** A folder as a user has it after the first edit of `config.json`; its port pools are hardly anybody else's. */
export async function makeConfigDir(config: Record<string, unknown> = {}): Promise<string> {
  const configDir = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
  // Below the ports that systems give out by themselves.
  const first = 12_000 + randomInt(200) * 100
  const ports = { ssh: [first, first + 39], http: [first + 40, first + 79], custom: [first + 80, first + 99] }
  await writeFile(path.join(configDir, 'config.json'), JSON.stringify({ ports, ...config }), { mode: 0o600 })
  return configDir
}

/** The agent's core on the real engine, and all that is needed to leave nothing behind. */
export class CoreFixture {
  readonly configDir: string
  readonly engine: Engine
  readonly #setUp: CoreSetUp
  #core: Core | undefined
  #agentId = ''

  private constructor(configDir: string, engine: Engine, setUp: CoreSetUp) {
    this.configDir = configDir
    this.engine = engine
    this.#setUp = setUp
  }

  static async start(setUp: CoreSetUp = {}): Promise<CoreFixture> {
    const fixture = await CoreFixture.prepare(setUp)
    await fixture.startCore()
    return fixture
  }

  /** As `start`, with nothing started yet. */
  static async prepare(setUp: CoreSetUp = {}): Promise<CoreFixture> {
    const engine = await openEngine(setUp.engineEnvironment)
    await sweepDeadRuns(engine)
    return new CoreFixture(setUp.configDir ?? (await makeConfigDir(setUp.config)), engine, setUp)
  }

  get core(): Core {
    if (this.#core === undefined) throw new Error('The core was not started.')
    return this.#core
  }

  get agentId(): string {
    return this.#agentId
  }

  async startCore({
    runtimeDir = this.#setUp.runtimeDir ?? RUNTIME_DIR,
  }: Pick<CoreSetUp, 'runtimeDir'> = {}): Promise<Core> {
    const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' }, pino.destination(2))
    const { resourcesDir = RESOURCES_DIR, environment = process.env, clock = SYSTEM_CLOCK, secretStore } = this.#setUp
    const { configDir } = this
    const core = await createCore({
      ...{ configDir, resourcesDir, runtimeDir, log, environment, clock },
      ...(secretStore === undefined ? {} : { secretStore }),
    })
    this.#core = core
    this.#agentId = core.agentId
    noteAgent(core.agentId)
    return core
  }

  /** As when the agent ends and is started again. */
  async restartCore(next?: Pick<CoreSetUp, 'runtimeDir'>): Promise<Core> {
    await this.stopCore()
    return this.startCore(next)
  }

  async stopCore(): Promise<void> {
    await this.#core?.[Symbol.asyncDispose]()
    this.#core = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopCore()
    const agentId = this.#agentId === '' ? await agentIdIn(this.configDir) : this.#agentId
    if (agentId !== undefined) await sweepAgent(this.engine, agentId)
    await rm(this.configDir, { recursive: true, force: true })
  }
}

/** Of the agent that was here last, where there was one. */
async function agentIdIn(configDir: string): Promise<string | undefined> {
  const secret = await readFile(path.join(configDir, 'secret')).catch(() => undefined)
  return secret === undefined ? undefined : agentIdOf(secret)
}

/** Settles when what happened makes `isSo` true, looked at now and after each event. Fails after `limitMs`. */
export async function until(core: Core, isSo: () => boolean, limitMs = 60_000): Promise<void> {
  const leave = AbortSignal.timeout(limitMs)
  for await (const _event of core.events.subscribe(undefined, leave)) if (isSo()) return
  throw new Error(`It did not come to be in ${limitMs} ms: ${isSo.toString()}`)
}

/** Collects events from now on. */
export function collectEvents(core: Core): { events: AgentEvent[]; stop(): void } {
  const events: AgentEvent[] = []
  const leaving = new AbortController()
  const collect = async (): Promise<void> => {
    for await (const event of core.events.subscribe(undefined, leaving.signal)) events.push(event)
  }
  collect().catch(() => undefined)
  return { events, stop: () => leaving.abort() }
}

/** A program run in a workspace by its runtime; its standard output. */
export async function run(core: Core, name: string, ...command: string[]): Promise<string> {
  const result = await core.workspaces.exec({ name, command, timeoutSeconds: 20 }, AbortSignal.timeout(30_000))
  if (result.exitCode !== 0) throw new Error(`${command.join(' ')} ended with ${result.exitCode}: ${result.stderr}`)
  return result.stdout
}
