import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter'
import { type Counts, writeCounts } from './counts.ts'

/** Counts what Playwright ran. A flaky test is a failed one, and so is an error outside of tests. */
export default class PlaywrightCounts implements Reporter {
  #tests: () => TestCase[] = () => []
  #errors = 0

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#tests = () => suite.allTests()
  }

  onError(_error: TestError): void {
    this.#errors += 1
  }

  async onEnd(_result: FullResult): Promise<void> {
    const counts: Counts = { passed: 0, failed: this.#errors, skipped: [] }
    for (const test of this.#tests()) {
      const outcome = test.outcome()
      if (outcome === 'expected') counts.passed += 1
      else if (outcome === 'skipped')
        counts.skipped.push({ name: test.titlePath().join(' › '), reason: reasonOf(test) })
      else counts.failed += 1
    }
    await writeCounts(counts)
  }
}

function reasonOf(test: TestCase): string {
  return test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? 'no reason given'
}
