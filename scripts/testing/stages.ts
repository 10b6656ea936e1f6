import { build } from '../build/build.ts'
import { printCheck, runChecks } from '../checks/run-checks.ts'
import type { Counts, Skip } from './counts.ts'
import { endToEnd } from './end-to-end.ts'
import type { Requirements } from './requirements.ts'
import { runTests } from './runners.ts'

export interface Stage {
  name: string
  run: (requirements: Requirements) => Promise<Counts>
}

/** Cheap and telling ones first: when one has failed, those after it are not run. */
export const STAGES: readonly Stage[] = [
  { name: 'check', run: check },
  { name: 'unit and architecture', run: () => runVitest('unit', 'architecture') },
  { name: 'build', run: buildAll },
  { name: 'integration', run: integration },
  { name: 'e2e', run: endToEnd },
]

/** Checks and builds are no tests: they count where they fail. */
async function check(): Promise<Counts> {
  const results = await runChecks([], printCheck)
  return { passed: 0, failed: results.filter(({ passed }) => !passed).length, skipped: [] }
}

async function buildAll(): Promise<Counts> {
  await build()
  return { passed: 0, failed: 0, skipped: [] }
}

async function integration({ engine, missing }: Requirements): Promise<Counts> {
  if (engine) return runVitest('integration')
  const skip: Skip = { name: 'all integration tests', reason: missing.engine }
  return { passed: 0, failed: 0, skipped: [skip] }
}

function runVitest(...projects: string[]): Promise<Counts> {
  const chosen = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter', 'default', '--reporter', './scripts/testing/vitest-counts.ts']
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...chosen, ...reporters]
  return runTests({ args, limitMinutes: 25 })
}
