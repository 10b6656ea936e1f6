import './boot/lean-schemas.ts'

import { readFileSync, writeSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { RuntimeBoot, RuntimeEnvironment } from '../contract/runtime/boot.ts'
import { Terminals } from '../terminals/terminals.ts'
import { Activity } from './activity/activity.ts'
import { foregroundProgramRuns } from './activity/foreground.ts'
import { sshConnected } from './activity/ssh-connections.ts'
import { EventFeed } from './api/event-feed.ts'
import { OPEN_ROUTES, runtimeRoutes } from './api/routes.ts'
import { serveApi } from './api/server.ts'
import { attempt } from './boot/attempt.ts'
import { becomeUser, furnishHome } from './boot/become-user.ts'
import { claimPort } from './boot/claim-port.ts'
import { announce, releaseStandardStreams } from './boot/detach.ts'
import { type Prepared, prepareContainer, STATE_FOLDER } from './boot/prepare.ts'
import { readBoot } from './boot/read-boot.ts'
import { BootRefusal } from './boot/refusal.ts'
import { startEngine } from './docker/start-engine.ts'
import { writeEnvironmentFile } from './environment/environment-file.ts'
import { describeError, type Log, openLog, reportTo } from './log.ts'
import { loadPtyBinding, type PtyBinding } from './pty/native.ts'
import { startFolder, userEnvironment } from './pty/shell.ts'
import { ScreenWorker } from './screens/screen-worker.ts'
import { installShellIntegration, type ShellIntegration } from './shell-integration/shell-integration.ts'
import { type SshServer, startSshServer } from './ssh/server.ts'
import { runEndPrograms } from './stop/end-programs.ts'
import { stopOnSignal } from './stop/stop-on-signal.ts'
import { takeUpEarlier } from './terminals/kept-terminals.ts'
import { ptyTerminals } from './terminals/pty-terminals.ts'
import { endEarlierRuns } from './terminals/session-files.ts'
import { removeEarlierDrafts } from './uploads/earlier-drafts.ts'
import { uploadFolder } from './uploads/upload-folder.ts'
import { Uploads } from './uploads/uploads.ts'

const Manifest = z.object({ version: z.string() })
const MAX_CONNECTIONS = 1024
/** Argument by which the program does not serve, but ends what runs in its container. */
const END_PROGRAMS = 'end-programs'

interface Installed {
  version: string
  binding: PtyBinding
  /** File of the thread that builds screens. */
  screenProgram: string
}

async function main(): Promise<void> {
  // A listener of ours takes the place of Node's, which opens its inspector: whoever may send the signal would run code
  // in here. `--disable-sigusr1` would block the signal instead, in the programs of terminals as well.
  process.on('SIGUSR1', () => undefined)
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000, keepAliveTimeout: 30_000 })
  server.maxConnections = MAX_CONNECTIONS
  const boot = readBoot()
  const installed = readInstalled(dirname(process.argv[1] ?? ''))
  const claim = await claimPort(server, boot.port, boot.token)
  if (claim.kind === 'running') {
    announce(claim.ready)
    process.exit(0)
  }
  const prepared = prepareContainer(boot, process.env['PATH'] ?? '')
  const sshServer = beginSsh(boot, prepared)
  if (boot.docker === true) startEngine(prepared.account)
  becomeUser(prepared.account)
  const { home } = prepared.account
  const warnings = [...prepared.warnings, ...furnishHome(home, prepared.workFolder)]
  attempt(warnings, '/run/berth/env', () => writeEnvironmentFile(boot.env))
  process.chdir(startFolder({ workFolder: home, home }))
  const log = openLog(join(STATE_FOLDER, 'runtime.log'))
  serve({ server, boot, port: claim.port, installed, prepared, sshServer, log })
  // Whoever is told that the workspace is ready finds all its doors open.
  const ssh = await sshServer
  announce({ ready: true, port: claim.port, user: prepared.account.name, version: installed.version })
  releaseStandardStreams()
  log('info', 'ready', { version: installed.version, port: claim.port, ssh, warnings })
}

function readInstalled(folder: string): Installed {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
  return {
    version: manifest.version,
    binding: loadPtyBinding(join(folder, 'pty.node')),
    screenProgram: join(folder, 'screens.cjs'),
  }
}

async function beginSsh({ ssh, workspaceId }: RuntimeBoot, { account, workFolder }: Prepared): Promise<SshServer> {
  if (ssh === undefined) return { status: 'absent' }
  const env = userEnvironment({ image: process.env, workspace: {}, account, workspaceId, workFolder })
  return await startSshServer({ hostKey: ssh.hostKey, account, env })
}

function serve(options: {
  server: Server
  boot: RuntimeBoot
  port: number
  installed: Installed
  prepared: Prepared
  sshServer: Promise<SshServer>
  log: Log
}): void {
  const { server, boot, installed, prepared, log } = options
  const { account, workFolder } = prepared
  const screens = new ScreenWorker(installed.screenProgram)
  const earlier = takeUpEarlier(STATE_FOLDER, { worker: screens, report: reportTo(log) })
  clearAway(earlier.files, log)
  const { env, changeEnvironment } = environmentOf(boot, prepared)
  const events = new EventFeed()
  const activity = new Activity({
    steadyMs: () => performance.now(),
    looks: { program: () => terminals.runsProgram || foregroundProgramRuns(), ssh: sshConnected },
    tell: (idleMs) => events.activity(idleMs),
  })
  const sessions = new Map<string, number>()
  const terminals = new Terminals({
    begin: ptyTerminals({
      binding: installed.binding,
      env,
      home: account.home,
      workFolder,
      stateFolder: STATE_FOLDER,
      screens,
      report: reportTo(log),
      sessions,
      integrate: shellIntegration(log),
    }),
    report: reportTo(log),
    changed: () => {
      events.terminalsChanged()
    },
    active: () => activity.note(),
  })
  terminals.takeUp(earlier.terminals)
  const uploads = new Uploads({
    folderFor: (terminal) =>
      uploadFolder(terminal === undefined ? undefined : sessions.get(terminal), { home: account.home, workFolder }),
    notes: STATE_FOLDER,
    active: () => activity.note(),
    report: reportTo(log),
  })
  const { token } = boot
  const routes = runtimeRoutes({
    version: installed.version,
    user: account.name,
    port: options.port,
    token,
    terminals,
    activity,
    env,
    changeEnvironment,
    home: account.home,
    workFolder,
    sshServer: options.sshServer,
  })
  serveApi(server, { token, routes, open: OPEN_ROUTES, terminals, uploads, events, log })
  stopOnSignal({ server, terminals, uploads, events, log })
}

/** The environment of the user's programs, as of now, and how it becomes another. */
function environmentOf(
  { env, workspaceId }: RuntimeBoot,
  { account, workFolder }: Prepared,
): { env(): Record<string, string>; changeEnvironment(changed: RuntimeEnvironment): void } {
  const withUser = (workspace: RuntimeEnvironment): Record<string, string> =>
    userEnvironment({ image: process.env, workspace, account, workspaceId, workFolder })
  let current = withUser(env)
  return {
    env: () => current,
    changeEnvironment: (changed) => {
      current = withUser(changed)
      writeEnvironmentFile(changed)
    },
  }
}

/** Ends and removes what a runtime that was killed has left, but for the files `kept`. */
function clearAway(kept: ReadonlySet<string>, log: Log): void {
  removeEarlierDrafts(STATE_FOLDER)
  endEarlierRuns(STATE_FOLDER, kept).then(
    (count) => {
      if (count > 0) log('warn', 'programs of a runtime that was killed have been ended', { sessions: count })
    },
    (error: unknown) => {
      log('error', 'what an earlier runtime left could not be ended', { error: describeError(error) })
    },
  )
}

/** Terminals open without marks where the folder takes no file. */
function shellIntegration(log: Log): ShellIntegration {
  try {
    return installShellIntegration(STATE_FOLDER)
  } catch (error) {
    log('warn', 'shells will not mark their commands', { error: describeError(error) })
    return () => ({})
  }
}

function refuse(error: unknown): never {
  const hint = error instanceof BootRefusal ? error.hint : undefined
  const message = error instanceof Error ? error.message : String(error)
  announce({ ready: false, message, ...(hint !== undefined && { hint }) })
  process.exit(1)
}

if (process.argv[2] === END_PROGRAMS) {
  runEndPrograms().catch((error: unknown) => {
    writeSync(2, describeError(error))
    process.exit(1)
  })
} else main().catch(refuse)
