/** Somebody who typed within this is typing still: a pause for thought does not end it. */
const TYPING_MS = 2_000
/** What all that is slowed may send in a frame, and each at once: more than a screen can show of it. */
const SLICE_BYTES = 65_536
const FRAME_MS = 16
const BYTES_PER_MS = SLICE_BYTES / FRAME_MS

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
 * nor what stays below 4 MiB/s; several floods share that much.
 */
export interface FloodPace {
  join(): Pace
}

/** `steadyMs` is a clock that only goes forward. */
export function createFloodPace(steadyMs: () => number): FloodPace {
  const resting = new Map<Pace, number>()
  /** The terminal that was typed in last, and when another one was. */
  let latest: { pace: Pace | undefined; atMs: number } = { pace: undefined, atMs: Number.NEGATIVE_INFINITY }
  let otherAtMs = Number.NEGATIVE_INFINITY

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
        },
        carried: (bytes) => {
          const now = steadyMs()
          const bytesPerMs = BYTES_PER_MS / (isFlood ? sharersAt(now, pace) : 1)
          const credit = creditBytes + (now - countedAtMs) * bytesPerMs
          const typedElsewhereAtMs = latest.pace === pace ? otherAtMs : latest.atMs
          const isFree = now - typedElsewhereAtMs > TYPING_MS
          countedAtMs = now
          if (isFree || credit >= SLICE_BYTES) isFlood = false
          creditBytes = isFree ? SLICE_BYTES : Math.min(SLICE_BYTES, credit) - bytes
          if (creditBytes >= 0) return 0
          isFlood = true
          const restMs = Math.ceil((-creditBytes / BYTES_PER_MS) * sharersAt(now, pace))
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
