import { defineConfig } from 'vitest/config'

/** `unit` runs in milliseconds anywhere; `architecture` reads the source; `integration` needs an engine. */
export default defineConfig({
  test: {
    // Where many fail, one thing is the matter with all: the first ones say what.
    bail: process.env['CI'] === 'true' ? 10 : 0,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'architecture',
          include: ['test/architecture/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/security/**/*.test.ts'],
          globalSetup: ['test/support/first-workspace.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          // Each file has an agent of its own. More than two at once only wait for the engine.
          maxWorkers: 2,
          // Limits that end a hang. None is near what a test takes on a busy machine.
          testTimeout: 180_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 30_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
    passWithNoTests: false,
  },
})
