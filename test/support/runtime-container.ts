import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { promisify } from 'node:util'
import { RUNTIME_MOUNT, RUNTIME_PORT } from '../../src/contract/runtime/api.ts'
import { RuntimeReady, RuntimeRefusal } from '../../src/contract/runtime/boot.ts'
import { LABEL } from '../../src/domain/engine-names.ts'
import { RUNTIME_DIR } from './core-folders.ts'
import { noteAgent, openEngine, sweepAgent, sweepDeadRuns } from './engine.ts'
import { PLATFORM } from './runtime-copies.ts'

const run = promisify(execFile)
const IMAGE = 'debian:bookworm-slim'
/** Where the runtimes of other versions are. */
const OTHERS = '/opt/berth-other'

/** Defines `find_runtimes <folder>`, which prints the pids of the runtimes from there. */
export const FIND_RUNTIMES = `find_runtimes() {
  for p in /proc/[0-9]*; do
    case "$(tr '\\0' ' ' <$p/cmdline 2>/dev/null)" in "$1/bin/node "*) echo \${p#/proc/};; esac
  done
}`

export interface BootOptions {
  user?: string
  env?: Record<string, string>
  port?: number
  token?: string
  takeOver?: boolean
  /** Of the runtime, where it is one of the `others`. */
  version?: string
  /** Kills the exec's client when it aborts, as when an agent is killed: the runtime is on its own. */
  signal?: AbortSignal
}

/** A container with the built runtime in it, as an agent makes one, and nothing left of it after `dispose`. */
export class RuntimeContainer {
  readonly token = `test-${randomUUID()}`
  readonly id: string
  readonly address: string
  private readonly agentId: string

  private constructor(agentId: string, id: string, address: string) {
    this.agentId = agentId
    this.id = id
    this.address = address
  }

  /**
   * `prepare` runs as root before anything else. `volume` is where a new one is mounted, which goes with the container; `tmpfs`
   * is a mount with its options; `others` is the folder of `RuntimeCopies`, to boot by their versions.
   */
  static async create(
    prepare?: string,
    { volume, tmpfs, others }: { volume?: string; tmpfs?: string; others?: string } = {},
  ): Promise<RuntimeContainer> {
    const engine = await openEngine()
    await sweepDeadRuns(engine)
    const agentId = randomUUID()
    noteAgent(agentId)
    const runtime = path.join(RUNTIME_DIR, PLATFORM)
    const id = await docker(
      ...['run', '-d', '--init', '--label', `${LABEL.agent}=${agentId}`, '--tmpfs', '/run/berth:mode=0755'],
      ...(volume === undefined ? [] : ['-v', volume]),
      ...(tmpfs === undefined ? [] : ['--tmpfs', tmpfs]),
      ...(others === undefined ? [] : ['-v', `${others}:${OTHERS}:ro`]),
      ...['-v', `${runtime}:${RUNTIME_MOUNT}:ro`, IMAGE, 'sleep', 'infinity'],
    )
    const address = await docker('inspect', '-f', '{{.NetworkSettings.IPAddress}}', id)
    const container = new RuntimeContainer(agentId, id, address)
    if (prepare !== undefined) await container.asRoot(prepare)
    return container
  }

  /** A container whose runtime is ready. */
  static async booted(options: BootOptions & { prepare?: string } = {}): Promise<RuntimeContainer> {
    const container = await RuntimeContainer.create(options.prepare)
    const answer = await container.boot(options)
    if (!answer.ready) throw new Error(answer.message)
    return container
  }

  /** Starts the runtime as an agent does, and lets go of it at its first line. */
  boot(options: BootOptions = {}): Promise<RuntimeReady | RuntimeRefusal> {
    const { token = this.token, port = RUNTIME_PORT, env = {}, user, takeOver, version, signal } = options
    return this.bootWith(
      JSON.stringify({
        workspaceId: 'ws-abcdefghijkl',
        workspaceName: 'test',
        token,
        port,
        env,
        ...(user && { user }),
        ...(takeOver === true && { takeOver }),
      }),
      { folder: folderOf(version), signal },
    )
  }

  /** As `boot`, with whatever line. Rejects where the runtime ends without an answer. */
  async bootWith(
    line: string,
    { folder = folderOf(), signal }: { folder?: string; signal?: AbortSignal | undefined } = {},
  ): Promise<RuntimeReady | RuntimeRefusal> {
    const child = spawn('docker', ['exec', '-i', '-u', '0:0', this.id, `${folder}/bin/node`, `${folder}/runtime.cjs`])
    signal?.addEventListener('abort', () => child.kill('SIGKILL'))
    try {
      child.stdin.end(`${line}\n`)
      const ended = once(child, 'close').then(([code]) => {
        throw new Error(`The runtime ended without an answer (${String(code)}).`)
      })
      const [first] = await Promise.race([once(child.stdout, 'data'), ended])
      const answer: unknown = JSON.parse(String(first))
      return RuntimeReady.or(RuntimeRefusal).parse(answer)
    } finally {
      child.kill('SIGKILL')
    }
  }

  /** Runs a script as root, beside the runtime; the output without its last line break. */
  asRoot(script: string): Promise<string> {
    return docker('exec', '-u', '0:0', this.id, 'sh', '-c', script)
  }

  /** Runs a script as the workspace's user, beside the runtime. */
  asUser(user: string, script: string): Promise<string> {
    return docker('exec', '-u', user, this.id, 'sh', '-c', script)
  }

  /** Pids, in the container, of its runtimes; of those of one of the `others` where it is named. */
  async runtimePids(version?: string): Promise<number[]> {
    return (await this.asRoot(`${FIND_RUNTIMES}; find_runtimes ${folderOf(version)}`))
      .split('\n')
      .filter(Boolean)
      .map(Number)
  }

  /** Command lines of all that runs, but for what keeps the container and the runtime itself. */
  async programs(): Promise<string[]> {
    const lines = (await docker('top', this.id, '-o', 'pid,args')).split('\n').slice(1)
    const known = /docker-init|sleep infinity$|runtime\.cjs/
    return lines.map((line) => line.trim().replace(/^\d+\s+/, '')).filter((line) => !known.test(line))
  }

  get url(): string {
    return `http://${this.address}:${RUNTIME_PORT}`
  }

  fetch(pathname: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${pathname}`, { headers: { authorization: `Bearer ${this.token}` }, ...init })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await sweepAgent(await openEngine(), this.agentId)
  }
}

/** Where a runtime is in its container: one of the `others` where a version is named. */
export function folderOf(version?: string): string {
  return version === undefined ? RUNTIME_MOUNT : `${OTHERS}/${version}/${PLATFORM}`
}

async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { maxBuffer: 64 * 1024 * 1024 })
  return stdout.trimEnd()
}
