import { realpathSync } from 'node:fs'
import path from 'node:path'
import { CliFailure } from '../../../cli-failure.ts'
import { type RunProgram, runProgram } from './run-program.ts'
import type { ServiceDeps } from './service.ts'
import { type Manager, systemdOf, UNIT } from './systemd.ts'
import { renderUnit } from './unit.ts'

/** What of this process a unit is made from. */
export interface Surroundings {
  platform: string
  environment: Readonly<Record<string, string | undefined>>
  home: string
  userName: string
  isRoot: boolean
  /** The Node that runs this, and the file of `ws`. */
  program: readonly [string, string]
}

/** Flags that the service starts the agent with. */
export interface ServiceFlags {
  port?: number
  host?: string
  tlsCert?: string
  tlsKey?: string
}

/** Where the agent is told what is not in its folder: kept in the unit, for services are not started from a shell. */
const KEPT_VARIABLES = [
  ...['WS_CONFIG_DIR', 'XDG_CONFIG_HOME', 'LOG_LEVEL', 'DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_CONTEXT'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
]
/** Those of them that `ws` and the engine's own command read from the folder they are in, where they are relative. */
const FOLDERS: ReadonlySet<string> = new Set(['WS_CONFIG_DIR', 'DOCKER_CONFIG'])
/** A proxy's address that holds a name and a password: every user of the computer may read a unit. */
const WITH_PASSWORD = /^[a-z0-9]+:\/\/[^/]*@/i

/** The unit of the user, or of the system. Throws `CliFailure` where this computer has no systemd to run it. */
export function placeService(
  manager: Manager,
  { platform, environment, home, userName }: Surroundings,
  run: RunProgram = runProgram,
): ServiceDeps {
  if (platform !== 'linux') {
    throw new CliFailure('Services are installed on Linux alone, by systemd.', {
      hint: 'On this system the app runs the agent, or a terminal does: ws --agent',
    })
  }
  const configured = environment['XDG_CONFIG_HOME']
  const config = configured?.startsWith('/') === true ? configured : path.join(home, '.config')
  const folder = manager === 'system' ? '/etc/systemd/system' : path.join(config, 'systemd/user')
  return { unitFile: path.join(folder, UNIT), systemd: systemdOf(manager, { userName, run }) }
}

/** The unit that runs the agent as `ws --agent` would run here, as the user who asks (with sudo: who asked for it). */
export function unitFor(manager: Manager, surroundings: Surroundings, flags: ServiceFlags): string {
  const { environment, userName, isRoot, program } = surroundings
  if (manager === 'system' && !isRoot) {
    throw new CliFailure('A service of the system needs root.', { hint: 'sudo ws agent install --system' })
  }
  const [node, script] = program
  const kept = KEPT_VARIABLES.flatMap((name): [string, string][] => {
    const value = environment[name]
    if (value === undefined || value === '' || WITH_PASSWORD.test(value)) return []
    // A service begins in another folder than this shell is in.
    return [[name, FOLDERS.has(name) ? path.resolve(value) : value]]
  })
  return renderUnit({
    command: [realpathSync(node), realpathSync(script), '--agent', ...argumentsOf(flags)],
    environment: Object.fromEntries(kept),
    ...(manager === 'system' ? { user: environment['SUDO_USER'] ?? userName } : {}),
  })
}

function argumentsOf({ port, host, tlsCert, tlsKey }: ServiceFlags): string[] {
  return [
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(host === undefined ? [] : ['--host', host]),
    ...(tlsCert === undefined ? [] : ['--tls-cert', path.resolve(tlsCert)]),
    ...(tlsKey === undefined ? [] : ['--tls-key', path.resolve(tlsKey)]),
  ]
}
