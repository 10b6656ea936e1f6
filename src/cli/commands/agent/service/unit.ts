import { usageFailure } from '../../../cli-failure.ts'

/** What a unit is written for. */
export interface UnitInput {
  /** The program and its arguments: absolute paths first. */
  command: readonly [string, ...string[]]
  /** Set for it beside what systemd sets. */
  environment: Readonly<Record<string, string>>
  /** The user of a unit of the system; absent in a unit of the user's own. */
  user?: string
}

/** The first line of every unit of ours: a file without it is somebody else's, and is left alone. */
export const UNIT_MARK =
  '# Written by “ws agent install”; changed or removed by “ws agent install” and “ws agent uninstall”.'

/**
 * What the system may take from the agent: it opens sockets, reads what its user may read, and drives the engine over its
 * socket. JIT compilers write memory that they run, so `MemoryDenyWriteExecute` is left out.
 */
const HARDENING = [
  'NoNewPrivileges=yes',
  'LockPersonality=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'RestrictNamespaces=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallErrorNumber=EPERM',
  'UMask=0077',
]

/** What only the system's own systemd can do for a unit: name spaces for files, and capabilities. */
const SYSTEM_HARDENING = [
  'CapabilityBoundingSet=',
  'AmbientCapabilities=',
  'ProtectSystem=full',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'ProtectProc=invisible',
  'RemoveIPC=yes',
]

/** The text of the unit. Workspaces are the engine's: they run on when it stops. Throws where systemd has no way to say it. */
export function renderUnit({ command, environment, user }: UnitInput): string {
  const isSystem = user !== undefined
  const [program, ...words] = command
  const variables = Object.entries(environment).map(([name, value]) => `Environment=${quote(`${name}=${value}`)}`)
  const lines = [
    UNIT_MARK,
    '[Unit]',
    'Description=Berth agent: runs the workspaces of this computer',
    ...(isSystem ? ['Wants=network-online.target', 'After=network-online.target docker.service'] : []),
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${[quote(program), ...words.map(quoteArgument)].join(' ')}`,
    ...variables,
    ...(isSystem ? [`User=${user}`] : []),
    'Restart=on-failure',
    'RestartSec=2',
    'TimeoutStopSec=30',
    ...HARDENING,
    ...(isSystem ? SYSTEM_HARDENING : []),
    '',
    '[Install]',
    `WantedBy=${isSystem ? 'multi-user.target' : 'default.target'}`,
  ]
  return `${lines.join('\n')}\n`
}

/** A word after the program: variables are put in there, unless a dollar is written twice (systemd.service(5), “Command lines”). */
function quoteArgument(text: string): string {
  return quote(text).replaceAll('$', () => '$$')
}

/** Text as one word, in which no character means anything (systemd.syntax(7), “Quoting”; systemd.unit(5), “Specifiers”). */
function quote(text: string): string {
  if (/\p{Cc}/u.test(text)) {
    throw usageFailure('A path or a setting holds a control character, which a unit cannot.', 'Rename it.')
  }
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`
}
