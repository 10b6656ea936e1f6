import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'

const PROGRAMS = ['/usr/bin/dbus-daemon', '/usr/bin/dbus-send', '/usr/bin/gnome-keyring-daemon']
const PASSWORD = 'test-password'
const COLLECTION = '/org/freedesktop/secrets/collection/login'

/** What this machine lacks for a keychain of the tests' own, as a sentence; undefined where nothing is missing. */
export function whatKeychainLacks(): string | undefined {
  const missing = PROGRAMS.filter((program) => !existsSync(program))
  return missing.length === 0 ? undefined : `${missing.join(' and ')} are not here: install dbus and gnome-keyring.`
}

/** A bus of one session that starts no service by itself: what asks for a password finds nobody to show the question. */
const busConfig = (socket: string): string => `<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/** A desktop's bus with a Secret Service on it, that begins when a test wants it to. */
export class TestKeychain {
  readonly #folder: string
  #bus: ChildProcess | undefined
  #service: ChildProcess | undefined

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
    const config = join(this.#folder, 'bus.conf')
    await writeFile(config, busConfig(this.#socket))
    const bus = spawn('dbus-daemon', ['--nofork', '--nopidfile', '--print-address', `--config-file=${config}`], {
      env: this.#programEnvironment,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    this.#bus = bus
    await once(bus.stdout, 'data')
    await this.#begin()
  }

  /** Locks what is kept: whoever wants it would have to ask its owner. */
  async lock(): Promise<void> {
    const all = `array:objpath:${COLLECTION}`
    await this.#ask('/org/freedesktop/secrets', ['org.freedesktop.Secret.Service.Lock', all])
    await expect.poll(() => this.#isLocked()).toBe(true)
  }

  /** As its owner does who signs in anew. */
  async unlock(): Promise<void> {
    await this.#end()
    await this.#begin()
  }

  async stop(): Promise<void> {
    await this.#end()
    if (this.#bus === undefined) return
    const ended = once(this.#bus, 'exit')
    this.#bus.kill()
    await ended
  }

  /** Begins the service with the password of its owner, and waits until what it keeps is there, unlocked. */
  async #begin(): Promise<void> {
    const service = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: this.#programEnvironment,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    this.#service = service
    service.stdin.end(PASSWORD)
    await expect.poll(() => this.#isLocked()).toBe(false)
  }

  async #end(): Promise<void> {
    const service = this.#service
    this.#service = undefined
    if (service?.exitCode !== null || service.signalCode !== null) return
    const ended = once(service, 'exit')
    service.kill()
    await ended
  }

  /** Undefined while nobody answers. */
  async #isLocked(): Promise<boolean | undefined> {
    const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
    try {
      const answer = await this.#ask(COLLECTION, ['org.freedesktop.DBus.Properties.Get', ...property])
      return answer.includes('boolean true')
    } catch {
      return undefined
    }
  }

  async #ask(path: string, call: readonly string[]): Promise<string> {
    const words = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path, ...call]
    return (await promisify(execFile)('dbus-send', words, { env: this.#programEnvironment })).stdout
  }

  get #programEnvironment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.environment, XDG_DATA_HOME: this.#folder }
  }

  get #socket(): string {
    return join(this.#folder, 'bus')
  }
}
