import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { WS } from './machine.ts'
import type { ShellStart } from './shell.ts'

const START_LIMIT_MS = 30_000

interface AgentStart extends ShellStart {
  /** Options of `ws --agent`, beside the port. */
  flags?: readonly string[]
}

/** `ws --agent`, as a service would run it. */
export class HeadlessAgent {
  readonly url: string
  readonly #options: AgentStart
  readonly #process: ChildProcess

  private constructor(options: AgentStart, child: ChildProcess, url: string) {
    this.#options = options
    this.#process = child
    this.url = url
  }

  /** Starts it on `port` (0: a free one) and waits until it says where it listens. */
  static async start(options: AgentStart, port = 0): Promise<HeadlessAgent> {
    const command = [process.execPath, WS, '--agent', '--port', String(port), ...(options.flags ?? [])]
    const [program, ...words] = [...(options.launcher ?? []), ...command]
    if (program === undefined) throw new Error('There is nothing to start.')
    const child = spawn(program, words, {
      env: environmentOf(options),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new HeadlessAgent(options, child, await listening(child))
  }

  get port(): number {
    return Number(new URL(this.url).port)
  }

  /** A new pairing code. */
  async pair(): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [WS, 'agent', 'pair'], {
      env: environmentOf(this.#options),
    })
    const code = /\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b/.exec(stdout)?.[0]
    if (code === undefined) throw new Error(`\`ws agent pair\` printed no code:\n${stdout}`)
    return code
  }

  /** Ends it, by SIGTERM unless told otherwise, and waits for that. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const exited = once(this.#process, 'exit')
    this.#process.kill(signal)
    await exited
  }
}

function environmentOf({ profile, environment }: ShellStart): NodeJS.ProcessEnv {
  const { PORT: _port, ...inherited } = process.env
  return { ...inherited, WS_CONFIG_DIR: profile.configDir, ...environment }
}

async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout === null || child.stderr === null) throw new Error('The agent was started without pipes.')
  const said: string[] = []
  createInterface(child.stderr).on('line', (line) => said.push(line))
  const lines = createInterface(child.stdout)
  const found = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line)
      const url = /https?:\/\/127(?:\.\d+){3}:\d+/.exec(line)?.[0]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`The agent ended with ${String(code)}:\n${said.join('\n')}`)))
    setTimeout(
      () => reject(new Error(`The agent did not say where it listens:\n${said.join('\n')}`)),
      START_LIMIT_MS,
    ).unref()
  })
  try {
    return await found
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}
