import { setTimeout as delay } from 'node:timers/promises'

/** Programs write a file in several goes: it is looked at once nothing has come for so long … */
const QUIET_MS = 250
/** … or news have come for so long without a rest. */
const MOST_MS = 2_000

export interface OnceQuiet {
  /** Something has come: `work` is done when no more does. */
  notice(): void
  /** Does nothing any more; settles when nothing is under way. */
  end(): Promise<void>
}

export interface OnceQuietInput {
  work(): Promise<void>
  failed(error: unknown): void
  /** How long is waited between two times at least, in milliseconds. Default: not at all. */
  restMs?: number
}

/** Does `work` after news, one time at a time, however many there are. */
export function onceQuiet({ work, failed, restMs = 0 }: OnceQuietInput): OnceQuiet {
  const leaving = new AbortController()
  const isOver = (): boolean => leaving.signal.aborted
  const wait = (ms: number): Promise<void> => delay(ms, undefined, { signal: leaving.signal }).catch(() => undefined)
  let settling: Promise<void> | undefined
  /** Counts what came; the first of them that was looked at last. */
  let news = 0
  const settle = async (): Promise<void> => {
    let seen = 0
    let waitedMs = 0
    while (seen !== news && !isOver()) {
      seen = news
      await wait(QUIET_MS)
      waitedMs += QUIET_MS
      if ((seen !== news && waitedMs < MOST_MS) || isOver()) continue
      seen = news
      waitedMs = 0
      await work().catch(failed)
      if (restMs > 0) await wait(restMs)
    }
    settling = undefined
  }
  return {
    notice: () => {
      news += 1
      settling ??= settle()
    },
    end: async () => {
      leaving.abort()
      await settling
    },
  }
}
