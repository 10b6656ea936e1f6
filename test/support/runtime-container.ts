import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { promisify } from 'node:util'
import { RUNTIME_MOUNT, RUNTIME_PORT } from '../../src/contract/runtime/api.ts'
import { RuntimeReady, RuntimeRefusal } from '../../src/contract/runtime/boot.ts'
import { LABEL } from '../../src/domain/engine-names.ts'
import { noteAgent, openEngine, sweepAgent, sweepDeadRuns } from './engine.ts'

const run = promisify(execFile)
const RUNTIME_DIR = path.resolve(import.meta.dirname, '../../out/runtime')
const IMAGE = 'debian:bookworm-slim'
const NODE = `${RUNTIME_MOUNT}/bin/node`
const PROGRAM = `${RUNTIME_MOUNT}/runtime.cjs`

export interface BootOptions {
  user?: string
  env?: Record<string, string>
  port?: number
  token?: string
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
   * is a mount with its options.
   */
  static async create(
    prepare?: string,
    { volume, tmpfs }: { volume?: string; tmpfs?: string } = {},
  ): Promise<RuntimeContainer> {
    const engine = await openEngine()
    await sweepDeadRuns(engine)
    const agentId = randomUUID()
    noteAgent(agentId)
    const runtime = path.join(RUNTIME_DIR, `linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}`)
    const id = await docker(
      ...['run', '-d', '--init', '--label', `${LABEL.agent}=${agentId}`, '--tmpfs', '/run/berth:mode=0755'],
      ...(volume === undefined ? [] : ['-v', volume]),
      ...(tmpfs === undefined ? [] : ['--tmpfs', tmpfs]),
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
    const { token = this.token, port = RUNTIME_PORT, env = {}, user } = options
    return this.bootWith(
      JSON.stringify({
        workspaceId: 'ws-abcdefghijkl',
        workspaceName: 'test',
        token,
        port,
        env,
        ...(user && { user }),
      }),
    )
  }

  async bootWith(line: string): Promise<RuntimeReady | RuntimeRefusal> {
    const child = spawn('docker', ['exec', '-i', '-u', '0:0', this.id, NODE, PROGRAM])
    try {
      child.stdin.end(`${line}\n`)
      const [first] = await once(child.stdout, 'data')
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

  /** Pids, in the container, of its runtimes. */
  async runtimePids(): Promise<number[]> {
    const script = `for p in /proc/[0-9]*; do case "$(tr '\\0' ' ' <$p/cmdline 2>/dev/null)" in "${NODE} "*) echo \${p#/proc/};; esac; done`
    return (await this.asRoot(script)).split('\n').filter(Boolean).map(Number)
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

async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { maxBuffer: 64 * 1024 * 1024 })
  return stdout.trimEnd()
}
