import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import os from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { kindOfAddress } from '../../src/tailnet/address-kind.ts'
import { isAlive } from './alive.ts'
import { sweepDeadEngines } from './own-engine.ts'

const run = promisify(execFile)
/** Network namespaces, and the links to them, are named after the process that made them. */
const NAME = /^bt-(\d+)(?:-\d+)?$/
const NAMESPACES = '/run/netns'

/** A computer beside this one, on a network with addresses of tailnets. */
export interface TailnetComputer {
  /** Its network namespace. */
  readonly name: string
  readonly address: string
  /** Runs a command there, which is appended. */
  readonly through: readonly [string, ...string[]]
  /** Pulls its cable at the far end, or puts it back: its link stays up, and nobody is told. */
  cable(is: 'in' | 'out'): Promise<void>
}

/** Why such computers cannot be had here; undefined where they can. */
export async function tailnetComputersProblem(): Promise<string | undefined> {
  const isTailnet = Object.entries(os.networkInterfaces()).some(
    ([name, addresses = []]) =>
      !NAME.test(name) && addresses.some(({ address }) => kindOfAddress(address) === 'tailnet'),
  )
  if (isTailnet) return 'This computer is in a tailnet, which drops what comes from its addresses by another link.'
  const probe = `bt-${process.pid}-0`
  try {
    await run('ip', ['netns', 'add', probe])
    await run('ip', ['netns', 'delete', probe])
    return undefined
  } catch (error) {
    return `Network namespaces cannot be made here: ${error instanceof Error ? error.message.trim() : String(error)}`
  }
}

/** Computers as network namespaces, joined with this computer by a bridge that goes with them. Needs root on Linux. */
export class TailnetComputers {
  /** This computer's own. */
  readonly address: string
  readonly computers: readonly TailnetComputer[]
  readonly #bridge = `bt-${process.pid}`
  readonly #network = `100.${randomInt(64, 128)}.${randomInt(256)}`

  private constructor(count: number) {
    this.address = `${this.#network}.1`
    this.computers = Array.from({ length: count }, (_, index) => {
      const name = `${this.#bridge}-${index + 1}`
      return {
        name,
        address: `${this.#network}.${index + 2}`,
        through: ['nsenter', `--net=${NAMESPACES}/${name}`],
        cable: async (is) => {
          await run('ip', ['link', 'set', name, ...(is === 'in' ? ['master', this.#bridge] : ['nomaster'])])
        },
      } satisfies TailnetComputer
    })
  }

  static async make(count: number): Promise<TailnetComputers> {
    await sweepDeadRuns()
    const all = new TailnetComputers(count)
    await all.#make().catch(async (error: unknown) => {
      await all[Symbol.asyncDispose]()
      throw error
    })
    return all
  }

  /** Ends what still runs in them. */
  async [Symbol.asyncDispose](): Promise<void> {
    await remove(this.#bridge)
  }

  async #make(): Promise<void> {
    const bridge = this.#bridge
    await run('ip', ['link', 'add', bridge, 'type', 'bridge'])
    await run('ip', ['address', 'add', `${this.address}/24`, 'dev', bridge])
    await run('ip', ['link', 'set', bridge, 'up'])
    for (const { name, address } of this.computers) {
      await run('ip', ['netns', 'add', name])
      await run('ip', ['link', 'add', name, 'master', bridge, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name])
      await run('ip', ['-n', name, 'address', 'add', `${address}/24`, 'dev', 'eth0'])
      await run('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
      await run('ip', ['-n', name, 'link', 'set', 'eth0', 'up'])
      await run('ip', ['link', 'set', name, 'up'])
    }
  }
}

/** Removes the computers of test runs whose processes are gone, and their engines before them. */
async function sweepDeadRuns(): Promise<void> {
  await sweepDeadEngines()
  const links = Object.keys(os.networkInterfaces())
  const namespaces = await readdir(NAMESPACES).catch(() => [])
  const runs = [...links, ...namespaces].flatMap((name) => NAME.exec(name)?.[1] ?? [])
  for (const pid of new Set(runs)) if (!isAlive(Number(pid))) await remove(`bt-${pid}`)
}

async function remove(bridge: string): Promise<void> {
  const namespaces = await readdir(NAMESPACES).catch(() => [])
  for (const name of namespaces.filter((each) => each.startsWith(`${bridge}-`))) {
    await endAll(name)
    // Its link goes with it.
    await run('ip', ['netns', 'delete', name])
  }
  // Not there, where making it has failed.
  await run('ip', ['link', 'delete', bridge]).catch(() => undefined)
}

/** Ends every process of a namespace. */
async function endAll(name: string): Promise<void> {
  for (;;) {
    const { stdout } = await run('ip', ['netns', 'pids', name])
    const pids = stdout.split('\n').filter((pid) => pid !== '')
    if (pids.length === 0) return
    for (const pid of pids) {
      try {
        process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    }
    await delay(25)
  }
}
