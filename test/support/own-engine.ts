import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isAlive } from './alive.ts'

const run = promisify(execFile)
const BASE = 'debian:bookworm-slim'
const FOLDER = /^berth-engine-(\d+)-/

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

interface Kind {
  liveRestore: boolean
  /** The network namespace that it is in; that of the computer, where this is left out. */
  namespace?: string
  /** Of its addresses, in the network of the computer. */
  subnet: number
}

/** A container engine that a test may kill: with its own data, sockets and addresses, and one image. */
export class OwnEngine {
  readonly #folder: string
  readonly #kind: Kind
  #daemon: ChildProcess | undefined

  private constructor(folder: string, kind: Kind) {
    this.#folder = folder
    this.#kind = kind
  }

  /** `archive` holds the image, where somebody has it already (`saveImage`). */
  static async start({ archive, ...wanted }: Omit<Kind, 'subnet'> & { archive?: string }): Promise<OwnEngine> {
    await sweepDeadEngines()
    const kind: Kind = { ...wanted, subnet: randomInt(16, 250) }
    const engine = new OwnEngine(await mkdtemp(path.join(os.tmpdir(), `berth-engine-${process.pid}-`)), kind)
    await writeFile(engine.#at('kind.json'), JSON.stringify(kind))
    await engine.#begin(archive).catch(async (error: unknown) => {
      await engine.#remove()
      throw error
    })
    return engine
  }

  async #begin(given: string | undefined): Promise<void> {
    if (this.#kind.namespace === undefined) {
      await run('ip', ['link', 'add', this.#bridge, 'type', 'bridge'])
      await run('ip', ['address', 'add', `10.${this.#kind.subnet}.255.1/24`, 'dev', this.#bridge])
    }
    await this.startDaemon()
    const archive = given ?? (await saveImage(this.#folder))
    await this.docker('load', '-q', '-i', archive)
    if (given === undefined) await rm(archive)
  }

  /** What a run left that has ended: its engine is asked to remove what it has, and is removed. */
  static async sweep(folder: string): Promise<void> {
    const kind: Kind = JSON.parse(await readFile(path.join(folder, 'kind.json'), 'utf8'))
    const left = Number(await readFile(path.join(folder, 'pid'), 'utf8').catch(() => '0'))
    if (left > 0 && isAlive(left)) {
      process.kill(left, 'SIGTERM')
      await isOver(left)
    }
    await new OwnEngine(folder, kind)[Symbol.asyncDispose]()
  }

  get image(): string {
    return BASE
  }

  /** What an agent's environment needs to use it. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, DOCKER_HOST: this.#host }
  }

  get #host(): string {
    return `unix://${this.#at('engine.sock')}`
  }

  get #bridge(): string {
    return `berth-test${this.#kind.subnet}`
  }

  #at(name: string): string {
    return path.join(this.#folder, name)
  }

  async docker(...parameters: string[]): Promise<string> {
    const { stdout } = await run('docker', ['-H', this.#host, ...parameters])
    return stdout.trim()
  }

  /** Begins (again) on the data that is there; resolves when it answers. */
  async startDaemon(): Promise<void> {
    const { namespace, liveRestore } = this.#kind
    const command = [
      // Not by `ip netns exec`, which hides the cgroups.
      ...(namespace === undefined ? [] : ['nsenter', `--net=/run/netns/${namespace}`]),
      ...['dockerd', '-H', this.#host, '--data-root', this.#at('data'), '--exec-root', this.#at('exec')],
      ...['-p', this.#at('pid'), '--iptables=false', '--ip-masq=false'],
      // In the network of the computer, so that its containers are reached; beside the computer's engine, not in its rules.
      // A bridge of its own, and the address pools that all have: a daemon that is told to have no bridge, or finds its
      // bridge of before where it was given pools, removes `docker0`, whoever that belongs to.
      ...(namespace === undefined ? ['--bridge', this.#bridge] : []),
      ...(liveRestore ? ['--live-restore'] : []),
      ...['--shutdown-timeout', '5'],
    ] as const
    const [program, ...words] = command
    const log = openSync(this.#at('log'), 'a')
    const daemon = spawn(program, words, { stdio: ['ignore', log, log] })
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
    await rm(this.#at('pid'), { force: true })
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
    await this.#remove()
  }

  async #remove(): Promise<void> {
    await this.#end('SIGTERM')
    // Neither is there where the start has failed.
    if (this.#kind.namespace === undefined) await run('ip', ['link', 'delete', this.#bridge]).catch(() => undefined)
    // The engine mounts its data onto itself, and leaves that so.
    await run('umount', [this.#at('data')]).catch(() => undefined)
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
    return Number(await readFile(this.#at('exec/containerd/containerd.pid'), 'utf8'))
  }

  get #isUp(): boolean {
    return this.#daemon?.exitCode === null && this.#daemon.signalCode === null
  }

  #log(): Promise<string> {
    return readFile(this.#at('log'), 'utf8')
  }
}

/** Resolves when a process has ended, and its parent has taken note of that. */
async function isOver(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(25)
}

/** Writes the image of these engines into `folder`; resolves with the file. */
export async function saveImage(folder: string): Promise<string> {
  const archive = path.join(folder, 'image.tar')
  await run('docker', ['save', '-o', archive, BASE])
  return archive
}

/** Removes the engines of test runs whose processes are gone. */
export async function sweepDeadEngines(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = FOLDER.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    // Another run may be at it at the same time; what is left is found by the next.
    await OwnEngine.sweep(path.join(os.tmpdir(), name)).catch(() => undefined)
  }
}
