import { formatEnvironment, shellQuote } from '../../domain/shell-quote.ts'

const HOST_KEY_FILE = '/run/berth/ssh_host_ed25519_key'
export const CONFIG_FILE = '/run/berth/sshd_config'
export const PID_FILE = '/run/berth/sshd.pid'
const LAUNCHER_FILE = '/run/berth/ssh-session'
const ENVIRONMENT_FILE = '/run/berth/env'

/** What the connection itself says, and an image or the agent cannot know. */
const OF_THE_CONNECTION = /^(?:SSH_.*|TERM|DISPLAY|PWD)$/
/** Who the user is: a value of the workspace does not change it. */
const IDENTITY = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'WORKSPACE_ID', 'WORKSPACE_PATH']

/** A file of the server; all belong to root. */
export interface ServerFile {
  path: string
  text: string
  mode: number
}

/**
 * The files of a workspace's SSH server: its own key, keys as the only way in, one user, and a launcher that gives each
 * session what terminals have. `env` is the environment of the user's programs without the workspace's own values.
 */
export function serverFiles(options: {
  hostKey: string
  user: string
  env: Record<string, string>
  sftpServer: string | undefined
}): ServerFile[] {
  return [
    { path: HOST_KEY_FILE, text: options.hostKey, mode: 0o600 },
    { path: CONFIG_FILE, text: serverConfig(options), mode: 0o600 },
    { path: LAUNCHER_FILE, text: launcher(options.env), mode: 0o644 },
  ]
}

/** See sshd_config(5). PAM is left out: what it does at a login is made for computers, and much of it fails in a container. */
function serverConfig({ user, sftpServer }: { user: string; sftpServer: string | undefined }): string {
  const lines = [
    'Port 22',
    `HostKey ${HOST_KEY_FILE}`,
    `PidFile ${PID_FILE}`,
    `AllowUsers ${user}`,
    'PermitRootLogin no',
    'AuthenticationMethods publickey',
    'PubkeyAuthentication yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'HostbasedAuthentication no',
    'AuthorizedKeysFile .ssh/authorized_keys',
    'StrictModes yes',
    'UsePAM no',
    'UseDNS no',
    'LoginGraceTime 30',
    'LogLevel ERROR',
    'PrintMotd no',
    'PrintLastLog no',
    'PermitUserEnvironment no',
    'PermitUserRC no',
    'AcceptEnv COLORTERM',
    'X11Forwarding no',
    'PermitTunnel no',
    'GatewayPorts no',
    'AllowAgentForwarding yes',
    'AllowTcpForwarding yes',
    'AllowStreamLocalForwarding yes',
    // Editors open a session for each of their channels.
    'MaxSessions 64',
    'ClientAliveInterval 30',
    'ClientAliveCountMax 4',
    `ForceCommand /bin/sh ${LAUNCHER_FILE}`,
    ...(sftpServer === undefined ? [] : [`Subsystem sftp ${sftpServer}`]),
  ]
  return `${lines.join('\n')}\n`
}

/**
 * What sshd runs for every session. The environment file is read each time, so that a change of it reaches the next
 * session. SHLVL goes, so that bash reads ~/.bashrc for commands as it does under any sshd (SSH_SOURCE_BASHRC).
 */
function launcher(env: Record<string, string>): string {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !OF_THE_CONNECTION.test(name)))
  const identity = Object.fromEntries(Object.entries(own).filter(([name]) => IDENTITY.includes(name)))
  return `${formatEnvironment(own)}[ -r ${ENVIRONMENT_FILE} ] && . ${ENVIRONMENT_FILE}
${formatEnvironment(identity)}unset SHLVL OLDPWD
if [ -n "\${SSH_TTY:-}" ] && [ -d ${shellQuote(env['WORKSPACE_PATH'] ?? '/')} ]; then
  cd ${shellQuote(env['WORKSPACE_PATH'] ?? '/')} || :
fi
[ -n "\${SSH_ORIGINAL_COMMAND:-}" ] || exec "$SHELL" -l
berth_command=$SSH_ORIGINAL_COMMAND
unset SSH_ORIGINAL_COMMAND
exec "$SHELL" -c "$berth_command"
`
}
