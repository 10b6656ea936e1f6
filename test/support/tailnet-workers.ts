import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { AGENT_PORT } from '../../src/domain/worker-address.ts'
import { openTailnet } from '../../src/tailnet/tailnet.ts'
import { AgentProcess } from './agent.ts'
import { openEngine } from './engine.ts'
import { OwnEngine, saveImage } from './own-engine.ts'
import { RegistryFixture } from './registry.ts'
import { type TailnetComputer, TailnetComputers } from './tailnet-computers.ts'
import { type StandInNode, StandInTailscaled } from './tailscaled.ts'

/** A computer of the tailnet with an agent and an engine of its own. */
export interface TailnetWorker {
  name: string
  computer: TailnetComputer
  agent: AgentProcess
  /** The one image that its engine has. */
  image: string
}

const nodeOf = (name: string, address: string): StandInNode => ({ name, address, login: 'me@example.com' })

/** A tailnet of this computer, on which the app's registry runs, and of workers that are added to it by a test. */
export class TailnetWorkers {
  readonly #made = new AsyncDisposableStack()
  readonly #folder: string
  readonly #computers: TailnetComputers
  /** What each worker is made of. */
  readonly #each: AsyncDisposableStack[] = []
  #workers: readonly TailnetWorker[] = []
  #fixture: RegistryFixture | undefined

  private constructor(folder: string, computers: TailnetComputers) {
    this.#folder = folder
    this.#computers = computers
    this.#made.defer(() => rm(folder, { recursive: true }))
    this.#made.use(computers)
    // Each has programs to end, of which most of the time is spent waiting.
    this.#made.defer(async () => {
      await Promise.all(this.#each.map((made) => made.disposeAsync()))
    })
  }

  static async start(names: readonly string[]): Promise<TailnetWorkers> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-test-'))
    const tailnet = new TailnetWorkers(folder, await TailnetComputers.make(names.length))
    await tailnet.#start(names).catch(async (error: unknown) => {
      await tailnet[Symbol.asyncDispose]()
      throw error
    })
    return tailnet
  }

  /** This computer's own. */
  get address(): string {
    return this.#computers.address
  }

  get fixture(): RegistryFixture {
    if (this.#fixture === undefined) throw new Error('The registry was not started.')
    return this.#fixture
  }

  worker(name: string): TailnetWorker {
    const found = this.#workers.find((each) => each.name === name)
    if (found === undefined) throw new Error(`There is no worker ${name}.`)
    return found
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#made.disposeAsync()
  }

  async #start(names: readonly string[]): Promise<void> {
    const archive = await saveImage(this.#folder)
    const { computers } = this.#computers
    const starting = computers.map((computer, index) => this.#startWorker(names[index] ?? '', computer, archive))
    // All of them, so that what is disposed of is all that there is.
    await Promise.allSettled(starting)
    this.#workers = await Promise.all(starting)
    const away = { ...nodeOf('away', '100.127.255.254'), isOnline: false }
    const peers = [...this.#workers.map(({ name, computer }) => nodeOf(name, computer.address)), away]
    const tailscaled = await StandInTailscaled.start(this.#folder, { self: nodeOf('desk', this.address), peers })
    const { socketPath } = this.#made.use(tailscaled)
    const run = () => Promise.resolve('absent' as const)
    this.#fixture = this.#made.use(await RegistryFixture.start(openTailnet({ socketPath, run })))
  }

  async #startWorker(name: string, computer: TailnetComputer, archive: string): Promise<TailnetWorker> {
    const made = new AsyncDisposableStack()
    this.#each.push(made)
    const folder = path.join(this.#folder, name)
    await mkdir(folder)
    const ends = { self: nodeOf(name, computer.address), peers: [nodeOf('desk', this.address)] }
    const { socketPath } = made.use(await StandInTailscaled.start(folder, ends))
    const own = made.use(await OwnEngine.start({ liveRestore: false, namespace: computer.name, archive }))
    const { environment, image } = own
    const engine = await openEngine(environment)
    const config = { access: { tailnet: { socketPath } } }
    const { through } = computer
    const agent = made.use(await AgentProcess.start({ config, environment, engine, through, port: AGENT_PORT }))
    return { name, computer, agent, image }
  }
}

/** Resolves when the connection of `client` for calls has ended, or was refused. */
export function untilNotLive(client: WorkerClient): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.onConnection(({ status }) => {
      if (status === 'live') return
      stop()
      resolve()
    })
  })
}
