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
  let current: readonly string[] = []
  let release = conceal(current)
  return {
    are: (values) => {
      // Held twice for a moment: there is none at which one that stays is not held.
      const held = conceal(values)
      const staying = new Set(values)
      const replaced = current.filter((value) => !staying.has(value))
      if (replaced.length > 0) later(conceal(replaced, 'passing'), KEPT_MS)
      release()
      current = values
      release = held
    },
  }
}

function afterwards(call: () => void, ms: number): void {
  setTimeout(call, ms).unref()
}
