import type { Counts, Skip } from './counts.ts'
import type { Requirements } from './requirements.ts'
import { runTests } from './runners.ts'

/** Playwright's projects: the same specs in the built app and in a browser. Each is left out where it cannot run. */
export async function endToEnd(requirements: Requirements): Promise<Counts> {
  const projects = ['electron', 'web'] as const
  const skipped: Skip[] = []
  const chosen: string[] = []
  for (const project of projects) {
    const reason = obstacle(project, requirements)
    if (reason === undefined) chosen.push('--project', project)
    else skipped.push({ name: `all e2e tests in ${project}`, reason })
  }
  if (chosen.length === 0) return { passed: 0, failed: 0, skipped }
  const counts = await runTests({
    // playwright.config.ts names the reporter that counts.
    args: ['node_modules/@playwright/test/cli.js', 'test', ...chosen],
    limitMinutes: 40,
    env: requirements.chromium === undefined ? {} : { BERTH_CHROMIUM: requirements.chromium },
  })
  return { ...counts, skipped: [...skipped, ...counts.skipped] }
}

/** Why `project` cannot run here, if it cannot. */
function obstacle(project: 'electron' | 'web', { engine, electron, chromium, display, missing }: Requirements) {
  if (!engine) return missing.engine
  if (project === 'web') return chromium === undefined ? missing.chromium : undefined
  if (!electron) return missing.electron
  return display ? undefined : missing.display
}
