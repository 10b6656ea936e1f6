import type { Server } from 'node:http'
import type { RuntimeBoot } from '../contract/runtime/boot.ts'
import { STATE_FOLDER as stateFolder } from '../contract/runtime/state-folder.ts'
import { Terminals } from '../terminals/terminals.ts'
import { Activity } from './activity/activity.ts'
import { foregroundProgramRuns } from './activity/foreground.ts'
import { sshConnected } from './activity/ssh-connections.ts'
import { EventFeed } from './api/event-feed.ts'
import { OPEN_ROUTES, runtimeRoutes } from './api/routes.ts'
import { serveApi } from './api/server.ts'
import type { Prepared } from './boot/prepare.ts'
import { currentEnvironment } from './environment/current-environment.ts'
import type { Installed } from './installed.ts'
import { describeError, type Log, reportTo } from './log.ts'
import { HandOver, type HandOverOptions } from './older/hand-over.ts'
import { OlderRuntimes } from './older/older-runtimes.ts'
import { ScreenWorker } from './screens/screen-worker.ts'
import { installShellIntegration, type ShellIntegration } from './shell-integration/shell-integration.ts'
import type { SshServer } from './ssh/server.ts'
import { stopOnSignal } from './stop/stop-on-signal.ts'
import { EarlierRuns } from './terminals/earlier-runs.ts'
import { findSessionElsewhere } from './terminals/kept-terminals.ts'
import { ptyTerminals } from './terminals/pty-terminals.ts'
import { uploadFolder } from './uploads/upload-folder.ts'
import { Uploads } from './uploads/uploads.ts'

export interface ServeOptions {
  /** It has the port. */
  server: Server
  boot: RuntimeBoot
  port: number
  installed: Installed
  prepared: Prepared
  sshServer: Promise<SshServer>
  log: Log
}

/** Serves the workspace, until a signal ends it or another runtime takes its place. */
export function serve({ server, boot, port, installed, prepared, sshServer, log }: ServeOptions): void {
  const { account, workFolder } = prepared
  const { home } = account
  const { token } = boot
  const report = reportTo(log)
  const environment = currentEnvironment(boot, prepared)
  const worker = new ScreenWorker(installed.screenProgram)
  const sessions = new Map<string, number>()
  const events = new EventFeed()
  const activity = new Activity({
    steadyMs: () => performance.now(),
    looks: { program: () => terminals.runsProgram || foregroundProgramRuns(), ssh: sshConnected },
    tell: (idleMs) => events.activity(idleMs),
  })
  const active = (): void => activity.note()
  const terminals = new Terminals({
    begin: ptyTerminals({
      ...{ binding: installed.binding, env: environment.env, home, workFolder, stateFolder },
      ...{ screens: worker, report, sessions, integrate: shellIntegration(log) },
    }),
    report,
    changed: () => {
      events.terminalsChanged()
      handOver.endWhereIdle()
    },
    active,
  })
  const older = takeUp({ token, events, terminals, earlier: new EarlierRuns({ stateFolder, worker, terminals, log }) })
  const sessionOf = (terminal: string): number | undefined =>
    sessions.get(terminal) ?? findSessionElsewhere(stateFolder, terminal)
  const folderFor = (terminal: string | undefined): string =>
    uploadFolder(terminal === undefined ? undefined : sessionOf(terminal), { home, workFolder })
  const uploads = new Uploads({ folderFor, notes: stateFolder, active, report })
  const serveAt = (at: Server, asked: string): void => {
    const api = { routes, open: OPEN_ROUTES, terminals, elsewhere: older, ready: older.found, uploads, events, log }
    serveApi(at, { ...api, token: asked })
  }
  const handOver = new HandOver({ server, token, stateFolder, terminals, older, events, log, serveAt })
  const routes = runtimeRoutes({
    ...{ installed, user: account.name, port, token, home, workFolder, sshServer },
    ...{ terminals, older, handOver: handOver.route, activity, ...environment },
  })
  serveAt(server, token)
  stopOnSignal({ handOver, older, terminals, uploads, log })
}

/** What is there of other runtimes: the terminals of those that have ended, now and later, and those that drain. */
function takeUp({
  token,
  events,
  terminals,
  earlier,
}: Pick<HandOverOptions, 'token' | 'events' | 'terminals'> & { earlier: EarlierRuns }): OlderRuntimes {
  // Found before: one that ends meanwhile is taken up either way.
  const older = new OlderRuntimes({
    ...{ stateFolder, token },
    changed: () => events.terminalsChanged(),
    active: (idleMs) => events.activity(idleMs),
    gone: (ids) => {
      earlier.takeUp()
      terminals.noteGone(ids)
      events.terminalsChanged()
    },
  })
  earlier.takeUp()
  return older
}

/** Terminals open without marks where the folder takes no file. */
function shellIntegration(log: Log): ShellIntegration {
  try {
    return installShellIntegration(stateFolder)
  } catch (error) {
    log('warn', 'shells will not mark their commands', { error: describeError(error) })
    return () => ({})
  }
}
