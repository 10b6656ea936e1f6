import process from 'node:process'
import { _electron, type ElectronApplication, errors, expect, type Page } from '@playwright/test'
import { strings } from '../../src/renderer/strings/index.ts'
import { PROJECT, sandboxArguments } from './machine.ts'
import type { Shell, ShellStart } from './shell.ts'

/**
 * Chromium's own complaints, about a bus that is not there, share a stream with the address that the driver waits for; written
 * in the middle of that line they would hide it.
 */
const QUIET_ARGUMENTS = ['--log-level=3']

/** WebGL on a software GPU is slow and differs by machine: terminals fall back to drawing with elements. */
const GPU_ARGUMENTS = ['--disable-gpu', '--disable-software-rasterizer', '--force-device-scale-factor=1']

const ATTACH_LIMIT_MS = 25_000
const ATTACH_ATTEMPTS = 6

export interface DesktopStart extends ShellStart {
  /** A packaged app; without it, the one that was built in this clone. */
  program?: string
}

/** The desktop app, with a profile of its own. */
export class ElectronShell implements Shell {
  readonly kind = 'electron'
  readonly profile: ShellStart['profile']
  readonly #environment: ShellStart['environment']
  readonly #program: string | undefined
  #opened: { app: ElectronApplication; page: Page } | undefined

  private constructor({ profile, environment, program }: DesktopStart) {
    this.profile = profile
    this.#environment = environment
    this.#program = program
  }

  static async start(options: DesktopStart): Promise<ElectronShell> {
    const shell = new ElectronShell(options)
    await shell.#open()
    return shell
  }

  get app(): ElectronApplication {
    if (this.#opened === undefined) throw new Error('The app is closed.')
    return this.#opened.app
  }

  get page(): Page {
    if (this.#opened === undefined) throw new Error('The app is closed.')
    return this.#opened.page
  }

  get workerLabel(): string {
    return strings.shell.thisComputer
  }

  async reopen(): Promise<void> {
    await this.close()
    await this.#open()
  }

  async killAgent(): Promise<void> {
    // The window is there before the agent is.
    await expect.poll(() => this.agentPid()).toBeDefined()
    const pid = await this.agentPid()
    if (pid === undefined) throw new Error('The agent ended by itself.')
    process.kill(pid, 'SIGKILL')
  }

  /** `kill -9` of the app; it runs again when this returns. */
  async killApp(): Promise<void> {
    const { app } = this
    const closed = app.waitForEvent('close')
    app.process().kill('SIGKILL')
    await closed
    this.#opened = undefined
    await this.#open()
  }

  async agentPid(): Promise<number | undefined> {
    return this.app.evaluate(
      ({ app }) =>
        app.getAppMetrics().find((metric) => metric.name === 'berth-agent' && metric.type === 'Utility')?.pid,
    )
  }

  async close(): Promise<void> {
    await this.#opened?.app.close()
    this.#opened = undefined
  }

  /** What the program is started with. A packaged one knows its app; Electron's own is told where the built one lies. */
  launchOptions(): { args: string[]; env: Record<string, string>; executablePath?: string } {
    const app = this.#program === undefined ? [PROJECT] : []
    return {
      ...(this.#program === undefined ? {} : { executablePath: this.#program }),
      args: [
        ...sandboxArguments(),
        ...QUIET_ARGUMENTS,
        ...GPU_ARGUMENTS,
        ...app,
        `--user-data-dir=${this.profile.userData}`,
      ],
      env: { ...definedEnvironment(), WS_CONFIG_DIR: this.profile.configDir, ...this.#environment },
    }
  }

  async #open(): Promise<void> {
    const app = await this.#launch()
    const page = await app.firstWindow()
    // The window is there before its page is, and a spec may use the page at once.
    await page.waitForLoadState('load')
    this.#opened = { app, page }
  }

  /**
   * Electron's own program waits for the driver. A packaged one does not, and a driver that comes while its window is being
   * made waits for an end that it missed: then it is started once more.
   */
  async #launch(): Promise<ElectronApplication> {
    const options = { ...this.launchOptions(), colorScheme: null }
    if (this.#program === undefined) return await _electron.launch(options)
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await _electron.launch({ ...options, timeout: ATTACH_LIMIT_MS })
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || attempt === ATTACH_ATTEMPTS) throw error
      }
    }
  }
}

/** The desktop app, for specs of what it alone has. */
export function desktop(shell: Shell): ElectronShell {
  if (!(shell instanceof ElectronShell)) throw new Error('The desktop app is not what runs here.')
  return shell
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
