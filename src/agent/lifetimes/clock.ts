import { type Clock, systemClock } from '../../client/clock.ts'
import type { Instant } from '../../domain/lifetime.ts'

/** The clocks of the computer that the agent runs on; tests hand in their own. */
export interface AgentClock extends Clock {
  /** Milliseconds by a clock that only ever goes on; where it began means nothing. */
  steady: () => number
}

export const SYSTEM_CLOCK: AgentClock = { ...systemClock, steady: () => performance.now() }

/** More than this between two looks was watched by nobody: the computer slept, or the agent was held up. */
export const WATCHED_AT_MOST_MS = 300_000

/**
 * Reads both clocks. Only such time counts as passed in which somebody looked now and then: the steady clocks of macOS and
 * Windows go on while a computer sleeps, and none of them knows of a process that was stopped.
 */
export function watchedClock(clock: AgentClock): () => Instant {
  let last = clock.steady()
  let watchedMs = 0
  return () => {
    const now = clock.steady()
    const passedMs = now - last
    last = now
    watchedMs += passedMs > WATCHED_AT_MOST_MS ? 0 : Math.max(0, passedMs)
    return { wallMs: clock.now(), steadyMs: watchedMs }
  }
}
