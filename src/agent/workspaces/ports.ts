import net from 'node:net'
import { exhaustedMessage, freePorts, type PortRange } from '../../domain/port-pool.ts'
import { AgentError } from '../agent-error.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import type { WorkspaceRegistry } from './registry.ts'

type PoolName = 'ssh' | 'http' | 'codeServer' | 'custom'

/** Names of ports → ports of this computer. */
type WorkspacePorts = Record<string, number>

/** Who asks for ports, and for which beside those that every workspace has. */
export type PortHolder = Pick<WorkspaceRecord, 'name' | 'portTargets'>

export interface PortAllocatorDeps {
  registry: WorkspaceRegistry
  pools: Readonly<Record<PoolName, PortRange>>
}

/** Gives out ports from the pools. What a workspace has been given is its own for as long as it exists. */
export class PortAllocator {
  readonly #deps: PortAllocatorDeps
  /** Given out to creations whose record does not hold them yet: port → workspace. */
  readonly #pending = new Map<number, string>()

  constructor(deps: PortAllocatorDeps) {
    this.#deps = deps
  }

  /**
   * A free port for each name, from its pool, checked against this computer: all of them or none. `without` were refused by
   * the engine. They stay held until `release`. Throws `AgentError` `PORT_EXHAUSTED` naming who holds the pool.
   */
  async allocate(holder: PortHolder, without: ReadonlySet<number> = new Set()): Promise<WorkspacePorts> {
    const ports: WorkspacePorts = {}
    const ask = { workspace: holder.name, without }
    const names = Object.keys(holder.portTargets ?? {})
    try {
      for (const name of ['ssh', 'http', ...names]) ports[name] = await this.#take(poolOf(name), ask)
      return ports
    } catch (error) {
      this.release(ports)
      throw error
    }
  }

  /** The record holds its ports now, or there will be none. */
  release(ports: Readonly<Record<string, number>>): void {
    for (const port of Object.values(ports)) this.#pending.delete(port)
  }

  async #take(pool: PoolName, ask: { workspace: string; without: ReadonlySet<number> }): Promise<number> {
    const range = this.#deps.pools[pool]
    for (;;) {
      const holders = this.#holders()
      const [port] = freePorts(range, new Set([...holders.keys(), ...ask.without, ...this.#busy]))
      if (port === undefined) throw this.#exhausted(pool, holders)
      // Held before it is looked at: another creation passes on.
      this.#pending.set(port, ask.workspace)
      if (await isFree(port)) return port
      this.#pending.delete(port)
      this.#noteBusy(port)
    }
  }

  /** Ports in use by other programs, as found by this search; forgotten soon, for programs end. */
  readonly #busy = new Set<number>()

  #noteBusy(port: number): void {
    this.#busy.add(port)
    setTimeout(() => this.#busy.delete(port), BUSY_MS).unref()
  }

  #holders(): Map<number, string> {
    const holders = new Map(this.#pending)
    for (const { record } of this.#deps.registry.all()) {
      for (const port of Object.values(record.ports)) holders.set(port, record.name)
    }
    return holders
  }

  #exhausted(pool: PoolName, holders: Map<number, string>): AgentError {
    const range = this.#deps.pools[pool]
    const inRange = [...holders].filter(([port]) => port >= range[0] && port <= range[1])
    const names = [...new Set(inRange.map(([, name]) => name))].sort()
    return new AgentError('PORT_EXHAUSTED', exhaustedMessage(POOL_WORDS[pool], range, names), {
      hint: `Delete a workspace that is no longer needed, or widen "ports.${pool}" in config.json.`,
    })
  }
}

const POOL_WORDS: Readonly<Record<PoolName, string>> = {
  ssh: 'SSH',
  http: 'HTTP',
  codeServer: 'code-server',
  custom: 'custom',
}

function poolOf(name: string): PoolName {
  return name === 'ssh' || name === 'http' || name === 'codeServer' ? name : 'custom'
}

const BUSY_MS = 30_000

/** Whether nobody listens on this port of this computer. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
