import type { Conceal } from '../log.ts'

/** What was replaced is in programs that were started before, whose last words may come late. */
const KEPT_MS = 3_600_000

/** Values that are kept out of the log for as long as they are in use, and for an hour after. */
export interface ConcealedSet {
  /** These are in use now, and no others of before. */
  are(values: readonly string[]): void
}

/** `later` calls back after a time in milliseconds, and keeps no process alive for it. */
export function concealedSet(
  conceal: Conceal,
  later: (call: () => void, ms: number) => void = afterwards,
): ConcealedSet {
  let release = conceal([])
  return {
    are: (values) => {
      const before = release
      // Held twice for a while: there is no moment at which one that stays is not held.
      release = conceal(values)
      later(before, KEPT_MS)
    },
  }
}

function afterwards(call: () => void, ms: number): void {
  setTimeout(call, ms).unref()
}
