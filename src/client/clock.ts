/** Time as the client sees it: handed in, so that tests decide how it passes. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now: () => number
  /** Runs `callback` once after `delayMs`; the returned function cancels it. */
  schedule: (callback: () => void, delayMs: number) => () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Resolves after `delayMs`, or at once when `signal` aborts. */
export function pause(clock: Clock, { delayMs, signal }: { delayMs: number; signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.schedule(done, delayMs)
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })
}
