import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type FSWatcher, watch } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import net, { type Socket } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { configFolder } from '../../../domain/config-folder.ts'
import { DialError } from './dial-error.ts'

export interface SshAddress {
  user: string | undefined
  host: string
  port: number | undefined
}

const START_MS = 30_000
const LISTEN_MS = 10
const MAX_TEXT = 8_192
/** One line each, whatever the person's shell is there. */
const WHERE = `sh -c 'printf "%s\\n" "$WS_CONFIG_DIR" "$XDG_CONFIG_HOME" "$HOME"'`
/** What `-L` takes as it is: no colon, which ends a part there, and nothing that its reader would interpret. */
const SOCKET_PATH = /^\/[A-Za-z0-9._/@+ -]{1,200}$/

interface Running {
  child: ChildProcess
  socketPath: string
  folder: string
}

/**
 * A forwarded socket of the agent on another computer, kept by the system's own `ssh` with its keys, agents and
 * configuration. It never asks anything (BatchMode), meets no shell on this side, and the local end lies in a folder that
 * nobody else may enter: who connects to it is to the agent whoever logged in.
 */
export class SshTunnel {
  readonly #address: SshAddress
  #running: Promise<Running> | undefined
  readonly #disposed = new AbortController()

  constructor(address: SshAddress) {
    this.#address = address
  }

  /** A connection to the agent's socket; starts `ssh` where none runs. Rejects with `DialError`. */
  async open(signal: AbortSignal): Promise<Socket> {
    if (process.platform === 'win32') {
      throw new DialError('ssh', 'ssh:// needs a system whose ssh forwards sockets, which Windows does not.', {
        hint: 'Reach the worker by its tailnet name or by https://.',
      })
    }
    this.#running ??= this.#begin()
    const { socketPath } = await this.#running
    const socket = net.connect(socketPath)
    await once(socket, 'connect', { signal }).catch((cause: unknown) => {
      socket.destroy()
      signal.throwIfAborted()
      throw new DialError('ssh', 'The connection by ssh has ended.', { cause })
    })
    socket.on('error', () => socket.destroy())
    return socket
  }

  dispose(): void {
    this.#disposed.abort()
  }

  /** Starts `ssh`, and forgets it when it has ended: not another one, which may run by then. */
  #begin(): Promise<Running> {
    const running = this.#start()
    const forget = (): void => {
      if (this.#running === running) this.#running = undefined
    }
    running.then(({ child }) => child.once('close', forget), forget)
    return running
  }

  async #start(): Promise<Running> {
    const limit = AbortSignal.any([this.#disposed.signal, AbortSignal.timeout(START_MS)])
    const remote = await this.#remoteSocket(limit)
    const folder = await mkdtemp(path.join(tmpdir(), 'berth-ssh-'))
    const socketPath = path.join(folder, 'agent.sock')
    const watcher = watch(folder)
    // It ends with its standard input, which ends with this process, however that ends.
    const child = this.#ssh(['-L', `${socketPath}:${remote}`], { command: 'cat', stdin: 'pipe' })
    const stop = (): void => void child.kill()
    this.#disposed.signal.addEventListener('abort', stop, { once: true })
    child.stdout?.resume()
    child.once('close', () => {
      this.#disposed.signal.removeEventListener('abort', stop)
      void rm(folder, { recursive: true, force: true })
    })
    try {
      await isThere(socketPath, { child, watcher, limit })
      return { child, socketPath, folder }
    } catch (error) {
      child.kill()
      throw error
    } finally {
      watcher.close()
    }
  }

  /** Where the agent of that account has its socket. */
  async #remoteSocket(limit: AbortSignal): Promise<string> {
    const child = this.#ssh(['-o', 'ClearAllForwardings=yes'], { command: WHERE, stdin: 'ignore' })
    const stop = (): void => void child.kill()
    limit.addEventListener('abort', stop, { once: true })
    const [text] = await Promise.all([textOf(child), ended(child)]).finally(() =>
      limit.removeEventListener('abort', stop),
    )
    const [named = '', xdg = '', home = ''] = text.split('\n')
    const environment = { WS_CONFIG_DIR: named, XDG_CONFIG_HOME: xdg }
    const socket = `${configFolder({ environment, platform: 'linux', home })}/agent.sock`
    if (SOCKET_PATH.test(socket)) return socket
    throw new DialError('ssh', 'The login worked, and did not say where the agent is.', {
      hint: 'Its shell must run commands without writing anything of its own.',
    })
  }

  #ssh(options: readonly string[], { command, stdin }: { command: string; stdin: 'pipe' | 'ignore' }): ChildProcess {
    const { user, host, port } = this.#address
    const settings = ['BatchMode=yes', 'ConnectTimeout=10', 'ServerAliveInterval=5', 'ServerAliveCountMax=2']
    // Their own forwardings may be in use by another ssh of theirs; whether ours is there is seen by its socket.
    const own = [
      'ExitOnForwardFailure=no',
      'RemoteCommand=none',
      'ControlMaster=no',
      'ControlPath=none',
      'StreamLocalBindMask=0177',
    ]
    // What the person's own settings give to every computer is no worker's: it gets the socket, and what is forwarded to it by its name.
    const withheld = ['ForwardAgent=no', 'ForwardX11=no', 'PermitLocalCommand=no', 'Tunnel=no']
    const parameters = [
      '-T',
      ...[...settings, ...own, ...withheld].flatMap((setting) => ['-o', setting]),
      ...(user === undefined ? [] : ['-l', user]),
      ...(port === undefined ? [] : ['-p', String(port)]),
      ...options,
      '--',
      host,
      command,
    ]
    return spawn('ssh', parameters, { cwd: homedir(), stdio: [stdin, 'pipe', 'pipe'], windowsHide: true })
  }
}

/** Resolves when `ssh` has made the socket: it does so once it has logged in. */
async function isThere(
  socketPath: string,
  { child, watcher, limit }: { child: ChildProcess; watcher: FSWatcher; limit: AbortSignal },
): Promise<void> {
  const over = new AbortController()
  const signal = AbortSignal.any([limit, over.signal])
  const failed = ended(child).then(() => {
    throw new DialError('ssh', 'The connection by ssh has ended.')
  })
  failed.catch(() => over.abort())
  const appeared = async (): Promise<void> => {
    for (;;) {
      // Listened for before it is looked: what comes in between would be missed.
      const changed = once(watcher, 'change', { signal })
      changed.catch(() => undefined)
      const isMade = (await stat(socketPath).catch(() => undefined))?.isSocket() === true
      if (isMade && (await listens(socketPath))) return
      // It is there a moment before it listens, of which nothing tells.
      await (isMade ? delay(LISTEN_MS, undefined, { signal }) : changed)
    }
  }
  try {
    await Promise.race([appeared(), failed])
  } catch (error) {
    if (error instanceof DialError) throw error
    // Its own words come with its end, which may be a moment later than what broke the wait.
    if (over.signal.aborted) await failed
    throw new DialError('ssh', 'ssh did not get through in time.', { isTimeout: true, cause: error })
  } finally {
    over.abort()
  }
}

function listens(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath)
    const settle = (isListening: boolean): void => {
      socket.destroy()
      resolve(isListening)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}

/** Resolves when `ssh` has ended well; rejects with what its words mean, which may name hosts and files, and are not passed on. */
async function ended(child: ChildProcess): Promise<void> {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-MAX_TEXT)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', (cause) =>
      reject(new DialError('ssh', 'There is no ssh on this computer.', { hint: 'Install OpenSSH.', cause })),
    )
  })
  if (code !== 0) throw meaningOf(words)
}

function meaningOf(words: string): DialError {
  if (/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/i.test(words)) {
    return new DialError('ssh', 'ssh does not know that computer, or knows it by another key.', {
      hint: 'Log in once by ssh in a terminal, and look at the key that it shows.',
    })
  }
  if (/Permission denied|Too many authentication failures/i.test(words)) {
    return new DialError('ssh', 'ssh could not log in there without asking.', {
      hint: 'It needs a key that your ssh agent holds, or one without a passphrase.',
    })
  }
  if (/Could not resolve hostname/i.test(words)) return new DialError('name', 'No computer goes by that name here.')
  if (/Connection refused/i.test(words)) return new DialError('port', 'No ssh server answers there.')
  if (/timed out|No route to host|unreachable/i.test(words)) {
    return new DialError('address', 'That computer cannot be reached from here.', {
      isTimeout: /timed out/i.test(words),
    })
  }
  return new DialError('ssh', 'ssh could not connect.', {
    hint: 'Does it log in there from a terminal, without asking?',
  })
}

async function textOf({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of stdout ?? []) {
    text += String(chunk)
    if (text.length > MAX_TEXT) break
  }
  return text
}
