import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { configFolder } from '../domain/config-folder.ts'
import { openLogSink } from './embedded/log-sink.ts'
import { tellImageBuilds } from './image-progress.ts'
import { createAgentLog } from './log.ts'
import { type AgentOptions, type RunningAgent, startAgent } from './main.ts'
import { isLoopback, isTailnet } from './network/addresses.ts'
import { ensurePrivateFolder } from './store/private-folder.ts'
import { StoreError } from './store/store-errors.ts'

export type HeadlessOptions = Pick<
  AgentOptions,
  'port' | 'host' | 'noAuth' | 'insecure' | 'tls' | 'resourcesDir' | 'runtimeDir'
> & {
  webDir: string
  /** Says a line to the person who started it. */
  say(line: string): void
  warn(line: string): void
}

/** Runs an agent in the foreground until SIGTERM or SIGINT; resolves with the exit code. */
export async function runHeadlessAgent(options: HeadlessOptions): Promise<number> {
  const { warn } = options
  const configDir = configFolder({ environment: process.env, platform: process.platform, home: homedir() })
  try {
    await ensurePrivateFolder(configDir)
    const { log, conceal } = createAgentLog({
      destination: openLogSink(path.join(configDir, 'logs')),
      level: process.env['LOG_LEVEL'] ?? 'info',
    })
    process.on('uncaughtException', (error) => {
      log.fatal({ err: error }, 'uncaught')
      warn(`The agent failed: ${error.message}`)
      process.exit(1)
    })
    process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'unhandled rejection'))
    const agent = await startAgent({ ...options, configDir, log, conceal, listenTcp: true })
    // Whoever reads that it runs may end it at once.
    const stopped = untilStopped(agent, options)
    introduce(agent, { ...options, configDir })
    return await stopped
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    warn(error.message)
    warn(error.hint)
    return 1
  }
}

function introduce(
  agent: RunningAgent,
  { configDir, noAuth, insecure, tls, say, warn }: HeadlessOptions & { configDir: string },
): void {
  if (agent.isFirstRun) say(`Creating default config at ${shortened(path.join(configDir, 'config.json'))}`)
  if (noAuth === true) {
    warn('WARNING: --no-auth: every program and user of this computer can use its workspaces, without a token.')
  }
  for (const { host, port } of agent.listening) {
    say(`Agent running at ${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`)
    const isPlain = tls === undefined && !isLoopback(host) && !isTailnet(host)
    if (insecure === true && isPlain) warn(`WARNING: --insecure: tokens travel to ${host} in plain text.`)
  }
  if (agent.fingerprint !== undefined) say(`Fingerprint of its certificate (SHA-256): ${agent.fingerprint}`)
  if (noAuth !== true) say('To let a browser or another computer in: ws agent pair')
  say('Ctrl-C ends the agent; workspaces keep running.')
}

/** The home folder as people write it. */
function shortened(file: string): string {
  const home = homedir()
  return file.startsWith(home + path.sep) ? `~${file.slice(home.length)}` : file
}

function untilStopped(agent: RunningAgent, { say, warn }: HeadlessOptions): Promise<number> {
  const endProgress = tellImageBuilds(agent.events, say)
  return new Promise((resolve) => {
    let isStopping = false
    const stop = (): void => {
      // A second signal means: now.
      if (isStopping) process.exit(130)
      isStopping = true
      endProgress()
      agent.stop().then(
        () => resolve(0),
        (error: unknown) => {
          warn(error instanceof Error ? error.message : String(error))
          resolve(1)
        },
      )
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
    process.on('SIGHUP', stop)
  })
}
