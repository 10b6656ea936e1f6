import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'
import { test as base, type TestInfo } from '@playwright/test'
import type { WorkerClient } from '../../src/client/worker-client.ts'
import { type Display, openDisplay } from './display.ts'
import { ElectronShell } from './electron-shell.ts'
import { EngineView } from './engine.ts'
import { localAgent } from './local-agent.ts'
import { type ShellKind, whatIsMissing } from './machine.ts'
import { createProfile, type Profile } from './profile.ts'
import type { Shell, ShellStart } from './shell.ts'
import { WebShell } from './web-shell.ts'

export interface ShellOptions {
  shellKind: ShellKind
}

interface WorkerFixtures extends ShellOptions {
  display: Display
}

interface TestFixtures {
  /** Environment of the app beside that of the tests; set by `test.use`. */
  environment: Record<string, string>
  /** What the agent of the web UI is started through; set by `test.use`. */
  launcher: readonly string[]
  profile: Profile
  engine: EngineView
  /** What the app is started with; where this machine cannot run it, the test ends here. */
  shellStart: ShellStart
  /** The app, open on its first screen; closed and swept afterwards. */
  shell: Shell
  /** The agent of the app, asked over its own socket as `ws` asks it. */
  api: WorkerClient['api']
  /** A workspace's name that no other test uses. */
  workspaceName: string
}

/** What the app and its agent wrote, for whoever looks into a failure. */
async function attachLogs({ configDir, userData }: Profile, testInfo: TestInfo): Promise<void> {
  for (const path of [join(configDir, 'logs/agent.log'), join(userData, 'logs/main.log')]) {
    if (existsSync(path)) await testInfo.attach(basename(path), { path })
  }
}

/** Skips the test with the reason where this machine cannot run `kind`; fails it with `CI=true`, where nothing may be absent. */
export function requireMachine(kind: ShellKind): void {
  const missing = whatIsMissing(kind)
  if (missing === undefined) return
  if (process.env['CI'] === 'true') throw new Error(missing)
  test.skip(true, missing)
}

/** `test` with the app in front of it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  shellKind: ['web', { option: true, scope: 'worker' }],
  display: [
    async ({ shellKind }, use) => {
      const isNeeded = shellKind === 'electron' && whatIsMissing('electron') === undefined
      const display = isNeeded ? await openDisplay() : { name: undefined, close: () => Promise.resolve() }
      await use(display)
      await display.close()
    },
    { scope: 'worker' },
  ],
  environment: [{}, { option: true }],
  launcher: [[], { option: true }],
  profile: async ({ shellKind }, use, testInfo) => {
    const profile = await createProfile(shellKind)
    await use(profile)
    if (testInfo.status !== testInfo.expectedStatus) await attachLogs(profile, testInfo)
    await profile.remove()
  },
  engine: async ({ profile }, use) => {
    const engine = new EngineView(profile)
    await use(engine)
    await engine.sweep()
  },
  // `engine` is asked for so that it is torn down after the app: it sweeps when nothing makes more.
  shellStart: async ({ shellKind, display, environment, launcher, profile, engine: _engine }, use) => {
    requireMachine(shellKind)
    const ofDisplay = display.name === undefined ? {} : { DISPLAY: display.name }
    await use({ profile, launcher, environment: { ...environment, ...ofDisplay } })
  },
  shell: async ({ shellKind, shellStart }, use) => {
    const shell = shellKind === 'electron' ? await ElectronShell.start(shellStart) : await WebShell.start(shellStart)
    try {
      await use(shell)
    } finally {
      await shell.close()
    }
  },
  api: async ({ shell }, use) => {
    const client = localAgent(shell.profile)
    await use(client.api)
    client.dispose()
  },
  workspaceName: async ({ shellKind }, use) => {
    await use(`e2e-${shellKind}-${crypto.randomUUID().slice(0, 8)}`)
  },
})

export { expect } from '@playwright/test'
