import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { readLines } from '../docker/lines.ts'

export interface RunOptions {
  signal: AbortSignal
  environment?: Record<string, string>
  /** Each line of its output, both streams. */
  onLine?: (line: string) => void
  /** Takes its standard output as bytes; what it returns is waited for. */
  consume?: (output: Readable) => Promise<void>
}

const KEPT_LINES = 5

/** Runs a program of this computer to its end. Rejects with its last words when it fails, and kills it on abort. */
export async function runProgram(command: readonly string[], options: RunOptions): Promise<void> {
  const [program = '', ...parameters] = command
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
    signal: options.signal,
    killSignal: 'SIGTERM',
  })
  const lastWords: string[] = []
  const listen = async (source: Readable): Promise<void> => {
    for await (const line of readLines(source)) {
      options.onLine?.(line)
      lastWords.push(line)
      if (lastWords.length > KEPT_LINES) lastWords.shift()
    }
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const output = options.consume === undefined ? listen(child.stdout) : options.consume(child.stdout)
  const [code] = await Promise.all([ended, output, listen(child.stderr)])
  if (code !== 0) throw new Error(`${program} failed (${code ?? 'killed'}): ${lastWords.join(' ')}`)
}
