import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runHere } from './git-repository.ts'

const SSHD = '/usr/sbin/sshd'
const START_LIMIT_MS = 20_000

/** A real sshd on this computer that knows one key: for git, or for whatever else is done by ssh. */
export class SshGitServer {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #host: string
  readonly #port: number

  private constructor(running: { child: ChildProcess; folder: string; host: string; port: number }) {
    this.#process = running.child
    this.#folder = running.folder
    this.#host = running.host
    this.#port = running.port
  }

  /** Listens on `host`; files of its own go into `folder`; `environment` is that of its sessions, beside their own. */
  static async start(
    folder: string,
    host: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<SshGitServer> {
    for (const name of ['host-key', 'user-key']) {
      await runHere('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path.join(folder, name))
    }
    const port = await freePort(host)
    const config = [
      `ListenAddress ${host}:${port}`,
      `HostKey ${path.join(folder, 'host-key')}`,
      `AuthorizedKeysFile ${path.join(folder, 'user-key.pub')}`,
      `PidFile ${path.join(folder, 'sshd.pid')}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'StrictModes no',
      'UsePAM no',
      ...Object.entries(environment).map(([name, value]) => `SetEnv ${name}=${value}`),
    ]
    await writeFile(path.join(folder, 'sshd_config'), `${config.join('\n')}\n`)
    // Where sshd run by root wants to lock itself in; made at boot where it is a service.
    await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
    const child = spawn(SSHD, ['-D', '-e', '-f', path.join(folder, 'sshd_config')], { stdio: 'ignore' })
    await answers(host, port)
    return new SshGitServer({ child, folder, host, port })
  }

  addressOf(repository: string): string {
    return `ssh://${os.userInfo().username}@${this.#host}:${this.#port}${repository}`
  }

  get port(): number {
    return this.#port
  }

  /** The key by which it is known, as `known_hosts` has it. */
  async knownAs(): Promise<string> {
    const [type = '', key = ''] = (await readFile(path.join(this.#folder, 'host-key.pub'), 'utf8')).split(' ')
    return `[${this.#host}]:${this.#port} ${type} ${key}`
  }

  /** The private key that it takes. */
  key(): Promise<string> {
    return readFile(path.join(this.#folder, 'user-key'), 'utf8')
  }

  /** Ends every session that there is, as when its computer goes away; who comes again is let in. */
  async endSessions(): Promise<void> {
    const { pid = 0 } = this.#process
    const sessions = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
    for (const session of sessions.split(' ').filter((one) => one !== '')) {
      try {
        process.kill(Number(session), 'SIGKILL')
      } catch {
        // It has ended by itself meanwhile.
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await ended
  }
}

async function freePort(host: string): Promise<number> {
  const probe = net.createServer()
  probe.listen(0, host)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return address.port
}

async function answers(host: string, port: number): Promise<void> {
  const until = AbortSignal.timeout(START_LIMIT_MS)
  while (!until.aborted) {
    const socket = net.connect(port, host)
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isThere) return
    await delay(50)
  }
  throw new Error('sshd did not come up.')
}
