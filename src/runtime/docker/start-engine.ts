import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { type Account, supplementaryGroups } from '../boot/accounts.ts'
import { ENGINE_SCRIPT } from './engine-script.ts'

const LOG_FILE = '/var/log/berth-docker.log'

/**
 * Begins to keep an engine running in this container, for `account` to use, on its own from here on. Needs root. Whether the
 * image has one, and whether it comes up, is seen by who asks it.
 */
export function startEngine(account: Account): void {
  const log = openSync(LOG_FILE, 'a', 0o644)
  try {
    const parameters = ['-c', ENGINE_SCRIPT, 'berth-docker', groupOf(account)]
    const keeper = spawn('/bin/sh', parameters, { detached: true, stdio: ['ignore', log, log], cwd: '/' })
    // An image without a shell has no engine either.
    keeper.on('error', () => undefined)
    keeper.unref()
  } finally {
    closeSync(log)
  }
}

/** `docker` where the image has put the user into it, else the user's own group. */
function groupOf(account: Account): string {
  const groups = readFileSync('/etc/group', 'utf8')
  const docker = groups.split('\n').find((line) => line.startsWith('docker:'))
  const gid = Number(docker?.split(':')[2])
  return supplementaryGroups(groups, account.name).includes(gid) ? 'docker' : String(account.gid)
}
