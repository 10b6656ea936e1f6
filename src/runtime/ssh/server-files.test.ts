import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { serverFiles } from './server-files.ts'

const ENV = { HOME: '/home/anna', SHELL: '/bin/sh', WORKSPACE_PATH: '/tmp', GREETING: `it's "so"\n$HOME`, TERM: 'dumb' }

const textOf = (end: string, sftpServer?: string): string => {
  const files = serverFiles({ hostKey: 'key', user: 'anna', env: ENV, sftpServer })
  return files.find(({ path }) => path.endsWith(end))?.text ?? ''
}

test('keys are the only way in, for one user, and every session goes through the launcher', () => {
  const config = textOf('sshd_config', '/usr/lib/openssh/sftp-server').split('\n')
  expect(config).toEqual(
    expect.arrayContaining([
      'AuthenticationMethods publickey',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin no',
      'AllowUsers anna',
      'ForceCommand /bin/sh /run/berth/ssh-session',
      'Subsystem sftp /usr/lib/openssh/sftp-server',
    ]),
  )
  expect(textOf('sshd_config')).not.toContain('Subsystem')
})

const launch = (environment: Record<string, string>): string =>
  execFileSync('/bin/sh', ['-c', textOf('ssh-session')], { env: environment, encoding: 'utf8' })

test('the launcher runs what was asked for, with the environment to the letter and what the connection says', () => {
  const command = 'printf "%s|%s|%s" "$GREETING" "$TERM" "${SSH_ORIGINAL_COMMAND-none}"'
  expect(launch({ SSH_ORIGINAL_COMMAND: command, TERM: 'xterm' })).toBe(`${ENV.GREETING}|xterm|none`)
})

test('a session with a terminal begins in the work folder, another one where it is', () => {
  expect(launch({ SSH_ORIGINAL_COMMAND: 'pwd', SSH_TTY: '/dev/pts/1' })).toBe('/tmp\n')
  expect(launch({ SSH_ORIGINAL_COMMAND: 'pwd' })).toBe(`${process.cwd()}\n`)
})
