import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { unlockAccount } from '../boot/account-files.ts'
import type { Account } from '../boot/accounts.ts'
import { SECRETS_FOLDER, TMPFS_MAGIC } from '../environment/environment-file.ts'
import { findProgram } from '../pty/shell.ts'
import { CONFIG_FILE, PID_FILE, serverFiles } from './server-files.ts'

/** Where distributions put what is in no user's PATH. */
const SERVER_PATH = '/usr/sbin:/usr/local/sbin:/sbin:/usr/bin:/usr/local/bin'
const SFTP_SERVERS = [
  '/usr/lib/openssh/sftp-server',
  '/usr/libexec/openssh/sftp-server',
  '/usr/lib/ssh/sftp-server',
  '/usr/libexec/sftp-server',
]
/** Debian's sshd, without which it does not start; the empty folder of others is part of their package. */
const SEPARATION_FOLDER = '/run/sshd'
/** A name that is one word of its configuration, and no pattern. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/
const KEPT_WORDS = 300
const LISTEN_LIMIT_MS = 3_000
const LOOK_EVERY_MS = 5

/** Where the SSH server of this workspace stands. */
export type SshServer = { status: 'serving' } | { status: 'absent' } | { status: 'failed'; message: string }

export interface SshServerOptions {
  hostKey: string
  account: Account
  /** Environment of the user's programs without the workspace's own values. */
  env: Record<string, string>
}

/**
 * Starts the image's sshd, or finds the one that an earlier runtime of this container has started. Needs root when it is
 * called, not later; settles when the server listens or has failed. Never rejects.
 */
export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const program = findProgram('sshd', { PATH: SERVER_PATH }, '/')
  if (program === undefined) return { status: 'absent' }
  try {
    writeFiles(options)
    if (isRunning()) return { status: 'serving' }
    unlockAccount(options.account.name)
    mkdirSync(SEPARATION_FOLDER, { recursive: true, mode: 0o755 })
    rmSync(PID_FILE, { force: true })
    return await listening(launch(program))
  } catch (error) {
    return { status: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

function writeFiles({ hostKey, account, env }: SshServerOptions): void {
  if (!PLAIN_NAME.test(account.name)) throw new Error(`"${account.name}" is not a name that sshd can be told.`)
  if (statfsSync(SECRETS_FOLDER).type !== TMPFS_MAGIC) throw new Error(`${SECRETS_FOLDER} is not in memory.`)
  const sftpServer = SFTP_SERVERS.find((path) => existsSync(path))
  for (const { path, text, mode } of serverFiles({ hostKey, user: account.name, env, sftpServer })) {
    const draft = `${path}.draft`
    rmSync(draft, { force: true })
    writeFileSync(draft, text, { mode, flag: 'wx' })
    renameSync(draft, path)
  }
}

function isRunning(): boolean {
  try {
    const pid = Number(readFileSync(PID_FILE, 'utf8'))
    return pid > 1 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(CONFIG_FILE)
  } catch {
    return false
  }
}

/** Settles when sshd has left for the background. Rejects with its words where it did not like its configuration. */
function launch(program: string): Promise<void> {
  const child = spawn(program, ['-f', CONFIG_FILE], {
    detached: true,
    env: { PATH: SERVER_PATH },
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(0, KEPT_WORDS)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(words.trim() || `sshd ended with ${code ?? 'a signal'}.`))
    })
  })
}

/** In the background it listens, and then writes its file; what goes wrong there it tells nobody. */
async function listening(launched: Promise<void>): Promise<SshServer> {
  await launched
  const deadline = performance.now() + LISTEN_LIMIT_MS
  while (!isRunning()) {
    if (performance.now() > deadline) return { status: 'failed', message: 'it does not listen on port 22.' }
    await delay(LOOK_EVERY_MS)
  }
  return { status: 'serving' }
}
