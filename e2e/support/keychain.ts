import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

const PROGRAMS = ['/usr/bin/dbus-daemon', '/usr/bin/gnome-keyring-daemon']

/** What this machine lacks for a keychain of the tests' own, as a sentence; undefined where nothing is missing. */
export function whatKeychainLacks(): string | undefined {
  const missing = PROGRAMS.filter((program) => !existsSync(program))
  return missing.length === 0 ? undefined : `${missing.join(' and ')} are not here: install dbus and gnome-keyring.`
}

/** A desktop's bus with a Secret Service on it, that begins when a test wants it to. */
export class TestKeychain {
  readonly #folder: string
  #bus: ChildProcess | undefined

  constructor(folder: string) {
    this.#folder = join(folder, 'keychain')
  }

  /** Where the bus will be: given to the app before there is one. */
  get environment(): Record<string, string> {
    return { DBUS_SESSION_BUS_ADDRESS: `unix:path=${this.#socket}`, XDG_RUNTIME_DIR: this.#folder }
  }

  /** Starts the bus and an unlocked keychain, and returns when both answer. */
  async start(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const env = { ...process.env, ...this.environment, XDG_DATA_HOME: this.#folder }
    const bus = spawn(
      'dbus-daemon',
      ['--session', '--nofork', '--nopidfile', '--print-address', `--address=unix:path=${this.#socket}`],
      {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    this.#bus = bus
    await once(bus.stdout, 'data')
    // It answers on the bus when the process that was started has ended, and goes with the bus.
    const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    keyring.stdin.end('test-password')
    await once(keyring, 'exit')
  }

  async stop(): Promise<void> {
    if (this.#bus === undefined) return
    const ended = once(this.#bus, 'exit')
    this.#bus.kill()
    await ended
  }

  get #socket(): string {
    return join(this.#folder, 'bus')
  }
}
