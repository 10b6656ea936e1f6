import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { type Counts, writeCounts } from './counts.ts'

/** Counts what vitest ran. A file that failed as a whole, and an error outside of tests, is a failure each. */
export default class VitestCounts implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): Promise<void> {
    const counts: Counts = { passed: 0, failed: errors.length, skipped: [] }
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1
      for (const test of module.children.allTests()) add(counts, test)
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
    }
    await writeCounts(counts)
  }
}

function add(counts: Counts, test: TestCase): void {
  const result = test.result()
  if (result.state === 'passed') counts.passed += 1
  else if (result.state === 'skipped')
    counts.skipped.push({ name: test.fullName, reason: result.note ?? 'no reason given' })
  // A test that is still pending when the run ends was never brought to its end.
  else counts.failed += 1
}
