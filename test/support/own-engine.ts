import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const BASE = 'debian:bookworm-slim'

/** Why an engine of a test's own cannot be had here; undefined where it can. */
export async function ownEngineProblem(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'An engine of its own needs root on Linux.'
  const found = await run('dockerd', ['--version']).then(
    () => true,
    () => false,
  )
  if (!found) return 'There is no dockerd on this computer.'
  return undefined
}

/** A container engine that a test may kill: with its own data, sockets and addresses, and one image. */
export class OwnEngine {
  readonly #folder: string
  readonly #liveRestore: boolean
  readonly #subnet = randomInt(16, 250)
  #daemon: ChildProcess | undefined

  private constructor(folder: string, liveRestore: boolean) {
    this.#folder = folder
    this.#liveRestore = liveRestore
  }

  static async start({ liveRestore }: { liveRestore: boolean }): Promise<OwnEngine> {
    const engine = new OwnEngine(await mkdtemp(path.join(os.tmpdir(), 'berth-engine-')), liveRestore)
    await run('ip', ['link', 'add', engine.#bridge, 'type', 'bridge'])
    await run('ip', ['address', 'add', `10.${engine.#subnet}.255.1/24`, 'dev', engine.#bridge])
    await engine.startDaemon()
    const archive = path.join(engine.#folder, 'image.tar')
    await run('docker', ['save', '-o', archive, BASE])
    await engine.docker('load', '-q', '-i', archive)
    await rm(archive)
    return engine
  }

  get image(): string {
    return BASE
  }

  /** What an agent's environment needs to use it. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, DOCKER_HOST: this.#host }
  }

  get #host(): string {
    return `unix://${path.join(this.#folder, 'engine.sock')}`
  }

  get #bridge(): string {
    return `berth-test${this.#subnet}`
  }

  async docker(...parameters: string[]): Promise<string> {
    const { stdout } = await run('docker', ['-H', this.#host, ...parameters])
    return stdout.trim()
  }

  /** Begins (again) on the data that is there; resolves when it answers. */
  async startDaemon(): Promise<void> {
    const at = (name: string): string => path.join(this.#folder, name)
    const log = openSync(at('log'), 'a')
    const daemon = spawn(
      'dockerd',
      [
        ...['-H', this.#host, '--data-root', at('data'), '--exec-root', at('exec'), '-p', at('pid')],
        // In the network of the computer, so that its containers are reached; beside the computer's engine, not in its rules.
        // A bridge of its own, and the address pools that all have: a daemon that is told to have no bridge, or finds its
        // bridge of before where it was given pools, removes `docker0`, whoever that belongs to.
        ...['--bridge', this.#bridge, '--iptables=false', '--ip-masq=false'],
        ...(this.#liveRestore ? ['--live-restore'] : []),
        ...['--shutdown-timeout', '5'],
      ],
      { stdio: ['ignore', log, log] },
    )
    closeSync(log)
    this.#daemon = daemon
    for (;;) {
      if (daemon.exitCode !== null) throw new Error(`dockerd ended: ${(await this.#log()).slice(-2000)}`)
      const isUp = await this.docker('version').then(
        () => true,
        () => false,
      )
      if (isUp) return
      await delay(100)
    }
  }

  /** As when it crashes: what runs in its containers runs on. */
  async kill(): Promise<void> {
    const containerd = await this.#containerd()
    await this.#end('SIGKILL')
    // It dies with its parent; the next engine would wait for it for as long as its remains are in the process table.
    await isOver(containerd)
    await rm(path.join(this.#folder, 'pid'), { force: true })
  }

  /** As when the system stops it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isUp) await this.startDaemon()
    const containers = (await this.docker('ps', '-aq')).split('\n').filter((id) => id !== '')
    if (containers.length > 0) await this.docker('rm', '-f', ...containers)
    await this.docker('network', 'prune', '-f')
    await this.#end('SIGTERM')
    await run('ip', ['link', 'delete', this.#bridge])
    // The engine mounts its data onto itself, and leaves that so.
    await run('umount', [path.join(this.#folder, 'data')]).catch(() => undefined)
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const daemon = this.#daemon
    if (daemon === undefined || !this.#isUp) return
    const ended = once(daemon, 'exit')
    daemon.kill(signal)
    await ended
  }

  async #containerd(): Promise<number> {
    return Number(await readFile(path.join(this.#folder, 'exec/containerd/containerd.pid'), 'utf8'))
  }

  get #isUp(): boolean {
    return this.#daemon?.exitCode === null && this.#daemon.signalCode === null
  }

  #log(): Promise<string> {
    return readFile(path.join(this.#folder, 'log'), 'utf8')
  }
}

/** Resolves when a process has ended, and its parent has taken note of that. */
async function isOver(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await delay(25)
  }
}
