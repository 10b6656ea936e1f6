import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'
import { test as base, type TestInfo } from '@playwright/test'
import { type Display, openDisplay } from './display.ts'
import { ElectronShell } from './electron-shell.ts'
import { EngineView } from './engine.ts'
import { type ShellKind, whatIsMissing } from './machine.ts'
import { createProfile, type Profile } from './profile.ts'
import type { Shell } from './shell.ts'
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
  /** The app, open on its first screen; closed and swept afterwards. */
  shell: Shell
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
  shell: async ({ shellKind, display, environment, launcher, profile, engine: _engine }, use) => {
    requireMachine(shellKind)
    const options = {
      profile,
      launcher,
      environment: { ...environment, ...(display.name === undefined ? {} : { DISPLAY: display.name }) },
    }
    const shell = shellKind === 'electron' ? await ElectronShell.start(options) : await WebShell.start(options)
    try {
      await use(shell)
    } finally {
      await shell.close()
    }
  },
  workspaceName: async ({ shellKind }, use) => {
    await use(`e2e-${shellKind}-${crypto.randomUUID().slice(0, 8)}`)
  },
})

export { expect } from '@playwright/test'
