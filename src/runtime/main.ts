import './boot/lean-schemas.ts'

import { writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import type { RuntimeBoot, RuntimeReady } from '../contract/runtime/boot.ts'
import { STATE_FOLDER } from '../contract/runtime/state-folder.ts'
import { attempt } from './boot/attempt.ts'
import { becomeUser, furnishHome } from './boot/become-user.ts'
import { claimPort } from './boot/claim-port.ts'
import { announce, releaseStandardStreams } from './boot/detach.ts'
import { type Prepared, prepareContainer } from './boot/prepare.ts'
import { readBoot } from './boot/read-boot.ts'
import { BootRefusal } from './boot/refusal.ts'
import { startEngine } from './docker/start-engine.ts'
import { writeEnvironmentFile } from './environment/environment-file.ts'
import { readInstalled } from './installed.ts'
import { describeError, openLog } from './log.ts'
import { askToHandOver } from './older/take-over.ts'
import { startFolder, userEnvironment } from './pty/shell.ts'
import { serve } from './serve.ts'
import { type SshServer, startSshServer } from './ssh/server.ts'
import { runEndPrograms } from './stop/end-programs.ts'

const MAX_CONNECTIONS = 1024
/** Argument by which the program does not serve, but ends what runs in its container. */
const END_PROGRAMS = 'end-programs'

async function main(): Promise<void> {
  // A listener of ours takes the place of Node's, which opens its inspector: whoever may send the signal would run code
  // in here. `--disable-sigusr1` would block the signal instead, in the programs of terminals as well.
  process.on('SIGUSR1', () => undefined)
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000, keepAliveTimeout: 30_000 })
  server.maxConnections = MAX_CONNECTIONS
  const boot = readBoot()
  const installed = readInstalled(dirname(process.argv[1] ?? ''))
  const { port, token } = boot
  const takeOver = async ({ build }: RuntimeReady): Promise<boolean> =>
    boot.takeOver === true &&
    build !== installed.build &&
    (await askToHandOver({ port, token, stateFolder: STATE_FOLDER }))
  const claim = await claimPort(server, { port, token, takeOver })
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
  const { version, build } = installed
  announce({ ready: true, port: claim.port, user: prepared.account.name, version, build })
  releaseStandardStreams()
  log('info', 'ready', { version, build, port: claim.port, ssh, warnings })
}

async function beginSsh({ ssh, workspaceId }: RuntimeBoot, { account, workFolder }: Prepared): Promise<SshServer> {
  if (ssh === undefined) return { status: 'absent' }
  const env = userEnvironment({ image: process.env, workspace: {}, account, workspaceId, workFolder })
  return await startSshServer({ hostKey: ssh.hostKey, account, env })
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
