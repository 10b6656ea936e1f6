/** Somebody who typed within this is typing still: a pause for thought does not end it. */
const TYPING_MS = 2_000
/** What all that is slowed may send in a frame, and each at once: more than a screen can show of it. */
const SLICE_BYTES = 65_536
const FRAME_MS = 16
const BYTES_PER_MS = SLICE_BYTES / FRAME_MS
/** What each of many may send at least: programs that write this much and were held up a little must catch up again. */
const LEAST_BYTES_PER_MS = BYTES_PER_MS / 16
/** While somebody types, this process looks so often whether it gets to its work in time. */
const LOOK_EVERY_MS = 50
/** Later than this a key has waited for longer than a person calls at once. */
const LATE_MS = 40
/** Of the usual pace, what is left where the processors are wanted elsewhere. */
const LEAST_PART = 1 / 32

/** One terminal's part in the pace of all. */
export interface Pace {
  /** Its client sent input. */
  typed(): void
  /** So many bytes of its output were carried. Returns milliseconds to rest before more is read; 0: none. */
  carried(bytes: number): number
  leave(): void
}

/**
 * While somebody types in one terminal, what floods in others goes no faster than a screen can show: it would take the
 * processors that keys and their echoes need. Nothing is slowed while nobody types, nor the terminal that is typed in,
 * nor what stays below 4 MiB/s; several floods share that much, and each has 256 KiB/s of its own. Where this process
 * itself gets to its work too late, because others need the processors, all of that is less, until it is in time again.
 */
export interface FloodPace {
  join(): Pace
}

export interface FloodPaceDeps {
  /** A clock that only goes forward. */
  steadyMs(): number
  /** Calls `look` once, in `ms` milliseconds or as soon after as this process gets to it. */
  schedule(look: () => void, ms: number): void
}

export function createFloodPace({ steadyMs, schedule }: FloodPaceDeps): FloodPace {
  const resting = new Map<Pace, number>()
  /** The terminal that was typed in last, and when another one was. */
  let latest: { pace: Pace | undefined; atMs: number } = { pace: undefined, atMs: Number.NEGATIVE_INFINITY }
  let otherAtMs = Number.NEGATIVE_INFINITY
  let part = 1
  let isLooking = false

  const look = (dueMs: number): void => {
    const now = steadyMs()
    part = now - dueMs > LATE_MS ? Math.max(LEAST_PART, part / 2) : Math.min(1, part * 1.1)
    isLooking = now - latest.atMs <= TYPING_MS
    if (isLooking) lookAfter(now)
    else part = 1
  }
  const lookAfter = (now: number): void => schedule(() => look(now + LOOK_EVERY_MS), LOOK_EVERY_MS)

  /** What one of so many floods may send. */
  const bytesPerMsOf = (sharers: number): number => part * Math.max(BYTES_PER_MS / sharers, LEAST_BYTES_PER_MS)

  /** How many share what may pass at `now`, if `pace` is one of them. */
  const sharersAt = (now: number, pace: Pace): number => {
    for (const [other, untilMs] of resting) if (untilMs <= now) resting.delete(other)
    return resting.has(pace) ? resting.size : resting.size + 1
  }

  return {
    join: () => {
      let creditBytes = SLICE_BYTES
      let countedAtMs = steadyMs()
      /** It has rested, and what it may send has not grown to a whole slice since. */
      let isFlood = false
      const pace: Pace = {
        typed: () => {
          if (latest.pace !== pace) otherAtMs = latest.atMs
          latest = { pace, atMs: steadyMs() }
          if (isLooking) return
          isLooking = true
          lookAfter(latest.atMs)
        },
        carried: (bytes) => {
          const now = steadyMs()
          const bytesPerMs = bytesPerMsOf(isFlood ? sharersAt(now, pace) : 1)
          const credit = creditBytes + (now - countedAtMs) * bytesPerMs
          const typedElsewhereAtMs = latest.pace === pace ? otherAtMs : latest.atMs
          const isFree = now - typedElsewhereAtMs > TYPING_MS
          countedAtMs = now
          if (isFree || credit >= SLICE_BYTES) isFlood = false
          creditBytes = isFree ? SLICE_BYTES : Math.min(SLICE_BYTES, credit) - bytes
          if (creditBytes >= 0) return 0
          isFlood = true
          // No longer than typing is waited for: then all are free.
          const restMs = Math.min(TYPING_MS, Math.ceil(-creditBytes / bytesPerMsOf(sharersAt(now, pace))))
          resting.set(pace, now + restMs)
          return restMs
        },
        leave: () => {
          resting.delete(pace)
          if (latest.pace === pace) latest = { ...latest, pace: undefined }
        },
      }
      return pace
    },
  }
}
