import type { Clock } from '../clock.ts'

/** Silence after which the other side is asked, and how long its answer may take: a dead link is found within 10 s. */
const TICK_MS = 1_250
const QUIET_MS = 2_500
const ANSWER_MS = 5_000

export interface LivenessDeps {
  clock: Clock
  /** Sends a question; any message counts as its answer. */
  ping: (id: number) => void
  /** The other side is gone. Called once. */
  dead: () => void
}

/** Watches a connection that may die without a word. `heard` is called at every message of the other side. */
export interface Liveness {
  heard(): void
  stop(): void
}

export function watchLiveness({ clock, ping, dead }: LivenessDeps): Liveness {
  let lastHeard = clock.now()
  let askedAt: number | undefined
  let questions = 0
  let lastTick = clock.now()
  let cancel: () => void = () => undefined

  const tick = (): void => {
    const now = clock.now()
    // The computer slept or the page was frozen: answers may wait behind this very tick, so the time counts anew.
    const overslept = now - lastTick > 2 * TICK_MS
    lastTick = now
    if (overslept) askedAt = undefined
    if (askedAt !== undefined && now - askedAt >= ANSWER_MS) {
      dead()
      return
    }
    if (askedAt === undefined && (overslept || now - lastHeard >= QUIET_MS)) {
      askedAt = now
      questions += 1
      ping(questions)
    }
    cancel = clock.schedule(tick, TICK_MS)
  }

  cancel = clock.schedule(tick, TICK_MS)
  return {
    heard: () => {
      lastHeard = clock.now()
      askedAt = undefined
    },
    stop: () => cancel(),
  }
}
