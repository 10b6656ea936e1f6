#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { CommanderError } from 'commander'
import { z } from 'zod'
import { withWorker } from './connection/with-worker.ts'
import { EXIT } from './exit-codes.ts'
import { parsePort } from './option-values.ts'
import { tellFailure, toFailure } from './output/failure.ts'
import { type AgentFlags, asksForJson, createProgram } from './program.ts'
import { type Streams, say } from './terminal-streams.ts'

/** The folder that holds `out` and `src`: two up from this file, as source and as the built `out/cli/ws.js`. */
const ROOT = path.resolve(import.meta.dirname, '../..')

const streams: Streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }

await main()

async function main(): Promise<void> {
  process.stdout.on('error', unwritable)
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined)
  const exitWith = (code: number): void => {
    process.exitCode = code
  }
  const program = createProgram({ version: version(), streams, withWorker, runAgent, exitWith })
  try {
    await program.parseAsync(process.argv)
  } catch (error) {
    exitWith(tell(error))
  }
}

/** Says what went wrong; returns the exit code. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  const failure = toFailure(error)
  tellFailure(streams, failure, asksForJson(process.argv.slice(2)))
  return failure.exitCode
}

function unwritable(error: NodeJS.ErrnoException): void {
  // A reader that goes away (`ws list | head -1`) is no failure.
  if (error.code === 'EPIPE') return
  say(streams.stderr, `ws: The output could not be written: ${error.message}`)
  process.exitCode = EXIT.failed
}

/** The agent is loaded only where it is asked for: other commands start without it. */
async function runAgent({ port, host, auth, insecure, tlsCert, tlsKey }: AgentFlags): Promise<number> {
  const chosen = port ?? environmentPort()
  const { runHeadlessAgent } = await import('../agent/headless.ts')
  const code = await runHeadlessAgent({
    ...(chosen === undefined ? {} : { port: chosen }),
    ...(host === undefined ? {} : { host }),
    noAuth: !auth,
    insecure: insecure === true,
    ...(tlsCert === undefined || tlsKey === undefined
      ? {}
      : { tls: { certFile: path.resolve(tlsCert), keyFile: path.resolve(tlsKey) } }),
    resourcesDir: path.join(ROOT, 'resources'),
    runtimeDir: path.join(ROOT, 'out/runtime'),
    webDir: path.join(ROOT, 'out/web'),
    say: (line) => say(streams.stdout, line),
    warn: (line) => say(streams.stderr, line),
  })
  // Nothing is left to do; a library's timer must not hold the process.
  process.exit(code)
}

/** `PORT`, as programs that run agents set it. */
function environmentPort(): number | undefined {
  const text = process.env['PORT']
  return text === undefined || text === '' ? undefined : parsePort(text)
}

function version(): string {
  const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
