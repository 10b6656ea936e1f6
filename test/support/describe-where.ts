import { describe, expect, it } from 'vitest'

/**
 * Declares tests of what not every computer has. `problem` says why they cannot run here: then it is told in their place, as a failure with
 * `CI=true`, where nothing may be absent, and else as a skip.
 */
export function describeWhere(problem: string | undefined, name: string, tests: () => void): void {
  if (problem === undefined) {
    describe(name, () => {
      tests()
    })
    return
  }
  it(name, ({ skip }) => {
    if (process.env['CI'] === 'true') expect.fail(problem)
    skip(problem)
  })
}
