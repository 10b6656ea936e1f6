import { readFile, writeFile } from 'node:fs/promises'

/** A test, or a whole stage, that did not run, and why. */
export interface Skip {
  name: string
  reason: string
}

/** What a test runner did. */
export interface Counts {
  passed: number
  failed: number
  skipped: Skip[]
}

/** Names the file that a runner's reporter writes its counts into. */
export const COUNTS_FILE_VARIABLE = 'BERTH_TEST_COUNTS'

/** For the reporters: leaves the counts where the stage reads them; does nothing where nobody asked. */
export async function writeCounts(counts: Counts): Promise<void> {
  const file = process.env[COUNTS_FILE_VARIABLE]
  if (file !== undefined) await writeFile(file, JSON.stringify(counts))
}

/** The counts that a reporter left, or undefined where the runner did not come to its end. */
export async function readCounts(file: string): Promise<Counts | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Counts)
}

/** All in one. */
export function sum(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    skipped: all.flatMap(({ skipped }) => skipped),
  }
}

/**
 * The last lines of a run: each skip with its reason, then the counts alone on a line. Where nothing may be absent
 * (`CI=true`), a skip counts as a failure.
 */
export function summarise(counts: Counts, allowSkips: boolean): { lines: string[]; passed: boolean } {
  const { passed, skipped } = counts
  const failed = counts.failed + (allowSkips ? 0 : skipped.length)
  const skips = skipped.map(
    ({ name, reason }) => `${allowSkips ? 'Skipped' : 'Not run (a failure with CI=true)'}: ${name}: ${reason}`,
  )
  return {
    lines: [...skips, `${passed} passed, ${failed} failed, ${allowSkips ? skipped.length : 0} skipped`],
    passed: failed === 0 && passed > 0,
  }
}
