import { execFile } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Two computers on one cable, as network namespaces: all of their addresses and links are theirs alone, and go with them.
 * Needs root on Linux.
 */
export class TwoComputers {
  /** Each takes a command to run there, which is appended. */
  readonly near: readonly [string, ...string[]]
  readonly far: readonly [string, ...string[]]
  readonly nearAddress: string
  readonly farAddress: string
  readonly #names: [string, string]

  private constructor() {
    const id = randomBytes(3).toString('hex')
    this.#names = [`bt-${id}-n`, `bt-${id}-f`]
    this.near = ['ip', 'netns', 'exec', this.#names[0]]
    this.far = ['ip', 'netns', 'exec', this.#names[1]]
    // Of the range of tailnets, as no interface of this computer sees it.
    const network = `100.${randomInt(64, 128)}.${randomInt(256)}`
    this.nearAddress = `${network}.1`
    this.farAddress = `${network}.2`
  }

  /** The far one has its address; the near one gets its own from `connect`. */
  static async make(): Promise<TwoComputers> {
    const two = new TwoComputers()
    const [near, far] = two.#names
    await run('ip', ['netns', 'add', near])
    await run('ip', ['netns', 'add', far])
    await run('ip', ['link', 'add', 'eth0', 'netns', near, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', far])
    for (const name of [near, far]) {
      await run('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
      await run('ip', ['-n', name, 'link', 'set', 'eth0', 'up'])
    }
    await run('ip', ['-n', far, 'address', 'add', `${two.farAddress}/30`, 'dev', 'eth0'])
    return two
  }

  /** Gives the near one its address, or takes it away. */
  async connect(is: 'connected' | 'away'): Promise<void> {
    const deed = is === 'connected' ? 'add' : 'del'
    await run('ip', ['-n', this.#names[0], 'address', deed, `${this.nearAddress}/30`, 'dev', 'eth0'])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.#names) await run('ip', ['netns', 'delete', name])
  }
}
