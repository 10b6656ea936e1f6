import { defineConfig } from '@playwright/test'
import type { ShellOptions } from './e2e/support/fixtures.ts'

/** The same specs in both shells: the desktop app (`electron`), and the web UI that an agent serves (`web`). */
export default defineConfig<object, ShellOptions>({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  // Each test has an app and workspaces of its own, so that two can run at once: faster, and each with half of the machine.
  workers: Number(process.env['BERTH_E2E_WORKERS'] ?? 1),
  fullyParallel: false,
  // A test that fails now and then is a bug of that day: it is not run again until it passes.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  // Where many fail, one thing is the matter with all: the first ones say what.
  maxFailures: process.env['CI'] === 'true' ? 6 : 0,
  timeout: 300_000,
  expect: { timeout: 40_000 },
  reporter: [['list'], ['./scripts/testing/playwright-counts.ts']],
  // A trace without a film: to film every test costs a machine without a GPU as much as to run it.
  use: { trace: { mode: 'retain-on-failure', screenshots: false }, screenshot: 'only-on-failure' },
  projects: [
    { name: 'image', testMatch: '**/*.setup.ts' },
    // What exists in one shell alone has its name in front.
    { name: 'electron', testIgnore: '**/web-*.spec.ts', dependencies: ['image'], use: { shellKind: 'electron' } },
    { name: 'web', testIgnore: '**/desktop-*.spec.ts', dependencies: ['image'], use: { shellKind: 'web' } },
  ],
})
