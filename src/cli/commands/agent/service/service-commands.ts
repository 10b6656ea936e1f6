import { homedir, userInfo } from 'node:os'
import process from 'node:process'
import type { Command } from 'commander'
import { usageFailure } from '../../../cli-failure.ts'
import { parsePort } from '../../../option-values.ts'
import { sayJson } from '../../../output/json.ts'
import { type Streams, say } from '../../../terminal-streams.ts'
import { JSON_OPTION } from '../../command-deps.ts'
import { installService, serviceState, uninstallService } from './service.ts'
import { placeService, type ServiceFlags, type Surroundings, unitFor } from './service-place.ts'
import type { Manager } from './systemd.ts'

interface Asked {
  system?: boolean
  json: boolean
}

const SYSTEM_OPTION = ['--system', 'of the system, as root, in place of one of your own'] as const

/** Declares the agent as a service of systemd. */
export function addServiceCommands(agent: Command, streams: Streams): void {
  agent
    .command('install')
    .description('have systemd run the agent, also with nobody signed in')
    .option(...SYSTEM_OPTION)
    .option('--port <port>', 'the port that it listens on', parsePort)
    .option('--host <address>', 'the one address that it listens on')
    .option('--tls-cert <file>', 'have it speak HTTPS with this certificate')
    .option('--tls-key <file>', 'the key of the certificate')
    .option(...JSON_OPTION)
    .action((asked: Asked & ServiceFlags) => install(asked, streams))
  agent
    .command('uninstall')
    .description('stop that service and remove it; workspaces stay')
    .option(...SYSTEM_OPTION)
    .option(...JSON_OPTION)
    .action((asked: Asked) => uninstall(asked, streams))
  agent
    .command('status')
    .description('whether there is such a service, and how it is')
    .option(...SYSTEM_OPTION)
    .option(...JSON_OPTION)
    .action((asked: Asked) => status(asked, streams))
}

const AT_START = 'at every start of this computer'
const AT_LOGIN = 'whenever you are signed in'

const managerOf = ({ system }: Asked): Manager => (system === true ? 'system' : 'user')

async function install(asked: Asked & ServiceFlags, { stdout, stderr }: Streams): Promise<void> {
  if ((asked.tlsCert === undefined) !== (asked.tlsKey === undefined)) {
    throw usageFailure('A certificate and its key belong together.', 'Give both --tls-cert and --tls-key.')
  }
  const manager = managerOf(asked)
  const here = surroundings()
  const deps = placeService(manager, here)
  const change = await installService(deps, unitFor(manager, here, asked))
  const isLasting = await deps.systemd.keepWithoutLogin()
  if (asked.json) {
    sayJson(stdout, { unitFile: deps.unitFile, changed: change === 'changed', lastsWithoutLogin: isLasting })
    return
  }
  say(stdout, `${change === 'changed' ? 'Installed' : 'Already installed'}: ${deps.unitFile}`)
  say(stdout, `The agent runs now, and ${isLasting ? AT_START : AT_LOGIN}. How it is: ws agent status`)
  if (!isLasting) {
    say(stderr, 'It ends when you sign out, until an administrator allows it to stay:')
    say(stderr, `  sudo loginctl enable-linger ${here.userName}`)
  }
}

async function uninstall(asked: Asked, { stdout }: Streams): Promise<void> {
  const manager = managerOf(asked)
  const deps = placeService(manager, surroundings())
  const isGone = await uninstallService(deps)
  if (asked.json) {
    sayJson(stdout, { removed: isGone })
    return
  }
  say(stdout, isGone ? 'The service is removed. Workspaces stay as they are.' : 'No such service is installed.')
  if (isGone && manager === 'user' && (await deps.systemd.lastsWithoutLogin())) {
    say(
      stdout,
      'Other services of yours may still run with nobody signed in; to end that, too: loginctl disable-linger',
    )
  }
}

async function status(asked: Asked, { stdout }: Streams): Promise<void> {
  const state = await serviceState(placeService(managerOf(asked), surroundings()))
  if (asked.json) sayJson(stdout, state)
  else if (!state.installed) say(stdout, 'No such service is installed: ws agent install')
  else {
    say(stdout, `The service is ${state.active}, and ${whenItStarts(state)}: ${state.unitFile}`)
  }
}

function whenItStarts({ isEnabled, lastsWithoutLogin }: { isEnabled: boolean; lastsWithoutLogin: boolean }): string {
  if (!isEnabled) return 'does not start by itself'
  return lastsWithoutLogin ? 'starts with this computer' : 'runs while you are signed in'
}

function surroundings(): Surroundings {
  return {
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    userName: userInfo().username,
    isRoot: process.geteuid?.() === 0,
    program: [process.execPath, process.argv[1] ?? ''],
  }
}
