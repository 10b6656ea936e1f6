import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { arch } from 'node:process'
import type { TerminalExit } from '../../../src/contract/terminal/terminal.ts'
import { loadPtyBinding } from '../../../src/runtime/pty/native.ts'
import { Pty } from '../../../src/runtime/pty/pty.ts'
import { WS } from '../../support/agent.ts'
import { RUNTIME_DIR } from '../../support/core-folders.ts'
import { withoutMarks } from '../../support/without-marks.ts'

/** A name that no other test run has: names of containers are one engine's, whatever agent made them. */
export function newName(): string {
  return `cli-${randomUUID().slice(0, 8)}`
}

/** Whom a command asks: an agent, as its folder says. */
export interface Asked {
  environment(): NodeJS.ProcessEnv
}

export interface CommandResult {
  code: number | null
  stdout: Buffer
  stderr: string
}

/** Something that changes now and then, and whoever waits for it. */
class Waiters {
  readonly #waiting = new Set<() => void>()

  /** Settles when `isSo`, looked at again after each `wake`. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

/** A run of `ws` between pipes. */
export class WsCommand {
  readonly process: ChildProcessWithoutNullStreams
  readonly result: Promise<CommandResult>
  readonly #waiters = new Waiters()
  readonly #stdout: Buffer[] = []
  readonly #stderr: Buffer[] = []
  #isOver = false

  constructor(asked: Asked, ...args: string[]) {
    this.process = spawn(process.execPath, [WS, ...args], { env: asked.environment() })
    this.process.stdout.on('data', (bytes: Buffer) => this.#take(this.#stdout, bytes))
    this.process.stderr.on('data', (bytes: Buffer) => this.#take(this.#stderr, bytes))
    // A program that has not read all of its input has not failed.
    this.process.stdin.on('error', () => undefined)
    this.result = once(this.process, 'close').then(() => {
      this.#isOver = true
      this.#waiters.wake()
      return { code: this.process.exitCode, stdout: this.stdout, stderr: this.stderr }
    })
  }

  get stdout(): Buffer {
    return Buffer.concat(this.#stdout)
  }

  get stderr(): string {
    return Buffer.concat(this.#stderr).toString()
  }

  /** Settles when either stream holds `text`; fails when the command ends without it. */
  async says(text: string): Promise<void> {
    const hasSaid = (): boolean => this.stdout.includes(text) || this.stderr.includes(text)
    await this.#waiters.until(() => hasSaid() || this.#isOver)
    if (!hasSaid()) throw new Error(`It ended without saying ${text}: ${this.stderr}`)
  }

  #take(parts: Buffer[], bytes: Buffer): void {
    parts.push(bytes)
    this.#waiters.wake()
  }
}

/** Runs `ws` between pipes, with `input` as all of its input, until it ends. */
export function ws(asked: Asked, args: string[], input: string | Uint8Array = ''): Promise<CommandResult> {
  const command = new WsCommand(asked, ...args)
  command.process.stdin.end(input)
  return command.result
}

/** A run of `ws` on a terminal, as a person has it. */
export class WsTerminal {
  readonly #pty: Pty
  #parts: Buffer[] = []
  exit: TerminalExit | undefined
  readonly #waiters = new Waiters()

  constructor(asked: Asked, ...args: string[]) {
    const binding = loadPtyBinding(path.join(RUNTIME_DIR, arch === 'arm64' ? 'linux-arm64' : 'linux-x64', 'pty.node'))
    // As a person's terminal has it: what a gate sets (CI) or lacks (TERM) would take the colours away.
    const { CI: _, ...environment } = asked.environment()
    const env: Record<string, string> = {}
    for (const [name, value] of Object.entries(environment)) if (value !== undefined) env[name] = value
    env['TERM'] = 'xterm-256color'
    const spec = { file: process.execPath, args: [WS, ...args], env, cwd: process.cwd(), cols: 80, rows: 24 }
    this.#pty = new Pty(binding, spec, {
      output: (bytes) => {
        this.#parts.push(Buffer.from(bytes))
        this.#waiters.wake()
        return false
      },
      taken: () => undefined,
      exit: (exit) => {
        this.exit = exit
        this.#waiters.wake()
      },
      failed: () => undefined,
    })
  }

  get text(): string {
    const all = Buffer.concat(this.#parts)
    this.#parts = [all]
    return withoutMarks(all.toString())
  }

  get pid(): number {
    return this.#pty.pid
  }

  type(text: string): void {
    this.#pty.write(Buffer.from(text))
  }

  resize(cols: number, rows: number): void {
    this.#pty.resize(cols, rows)
  }

  /** Ends what is left of it. */
  dispose(): void {
    if (this.exit === undefined) process.kill(this.#pty.pid, 'SIGKILL')
  }

  /** Settles when the screen holds `text`; fails when the command ends without it. */
  async shows(text: string | RegExp): Promise<void> {
    const isThere = (): boolean => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text))
    await this.#waiters.until(() => isThere() || this.exit !== undefined)
    if (!isThere()) throw new Error(`It ended without showing ${String(text)}:\n${this.text}`)
  }

  /** Settles with the exit code. */
  async ends(): Promise<number> {
    await this.#waiters.until(() => this.exit !== undefined)
    return this.exit?.code ?? Number.NaN
  }
}
