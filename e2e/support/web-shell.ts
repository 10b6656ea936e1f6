import { hostname } from 'node:os'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { HeadlessAgent } from './headless-agent.ts'
import { findBrowser, sandboxArguments } from './machine.ts'
import type { Shell, ShellStart } from './shell.ts'

const BROWSER_ARGUMENTS = [
  ...['--disable-gpu', '--disable-software-rasterizer', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** The web UI of a headless agent, in a browser whose profile lasts as long as the test. */
export class WebShell implements Shell {
  readonly kind = 'web'
  readonly profile: ShellStart['profile']
  readonly #options: ShellStart
  #agent: HeadlessAgent
  #opened: { context: BrowserContext; page: Page } | undefined

  private constructor(options: ShellStart, agent: HeadlessAgent) {
    this.profile = options.profile
    this.#options = options
    this.#agent = agent
  }

  static async start(options: ShellStart): Promise<WebShell> {
    const shell = new WebShell(options, await HeadlessAgent.start(options))
    try {
      await shell.#open(`#pair=${await shell.#agent.pair()}`)
      return shell
    } catch (error) {
      await shell.close()
      throw error
    }
  }

  get agent(): HeadlessAgent {
    return this.#agent
  }

  get page(): Page {
    if (this.#opened === undefined) throw new Error('The browser is closed.')
    return this.#opened.page
  }

  get workerLabel(): string {
    return hostname()
  }

  async reopen(): Promise<void> {
    await this.#opened?.context.close()
    await this.#open('')
  }

  async killAgent(): Promise<void> {
    const { port } = this.#agent
    await this.#agent.end('SIGKILL')
    this.#agent = await HeadlessAgent.start(this.#options, port)
  }

  async close(): Promise<void> {
    await this.#opened?.context.close()
    this.#opened = undefined
    await this.#agent.end()
  }

  async #open(hash: string): Promise<void> {
    const executablePath = findBrowser()
    if (executablePath === undefined) throw new Error('There is no browser.')
    const context = await chromium.launchPersistentContext(this.profile.userData, {
      executablePath,
      args: [...BROWSER_ARGUMENTS, ...sandboxArguments()],
      chromiumSandbox: sandboxArguments().length === 0,
      colorScheme: null,
      viewport: { width: 1280, height: 800 },
    })
    const page = context.pages()[0] ?? (await context.newPage())
    this.#opened = { context, page }
    await page.goto(`${this.#agent.url}/${hash}`)
  }
}

/** The web UI, for specs of what it alone has. */
export function web(shell: Shell): WebShell {
  if (!(shell instanceof WebShell)) throw new Error('The web UI is not what runs here.')
  return shell
}
