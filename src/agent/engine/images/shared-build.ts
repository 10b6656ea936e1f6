import type { Progress } from '../engine.ts'

export interface Waiter {
  onProgress: (progress: Progress) => void
  /** Each line that a build prints; who comes later is told those before as well. */
  onLine?: (line: string) => void
  /** Stops waiting; the build goes on for the others, and ends when it was the last. */
  signal: AbortSignal
}

type Build = (waiters: Waiter) => Promise<string>

/** As many lines as a log keeps. */
const MOST_LINES = 2000

interface Running {
  result: Promise<string>
  waiters: Set<Waiter>
  stop: AbortController
  last: Progress | undefined
  lines: string[]
}

/** Runs one build at a time, shared by all who ask for the same one; those who ask for another wait for their turn. */
export class SharedBuilds {
  readonly #running = new Map<string, Running>()
  #turn: Promise<unknown> = Promise.resolve()

  /** The result of the build called `key`, which is begun when it is not under way. Rejects when the waiter's signal aborts. */
  async join(key: string, waiter: Waiter, build: Build): Promise<string> {
    waiter.signal.throwIfAborted()
    const known = this.#running.get(key)
    // One that nobody waits for any more is on its way out: its result is an end that was asked for.
    const running = known === undefined || known.stop.signal.aborted ? this.#begin(key, build) : known
    running.waiters.add(waiter)
    if (running.last !== undefined) waiter.onProgress(running.last)
    for (const line of running.lines) waiter.onLine?.(line)
    const leave = leaving(waiter.signal)
    try {
      return await Promise.race([running.result, leave.promise])
    } finally {
      leave.dispose()
      running.waiters.delete(waiter)
      if (running.waiters.size === 0) running.stop.abort()
    }
  }

  isUnderWay(key: string): boolean {
    return this.#running.has(key)
  }

  #begin(key: string, build: Build): Running {
    const stop = new AbortController()
    const waiters = new Set<Waiter>()
    const result = this.#turn
      .catch(() => undefined)
      .then(() => {
        stop.signal.throwIfAborted()
        return build({
          onProgress: (progress) => {
            running.last = progress
            for (const waiter of waiters) waiter.onProgress(progress)
          },
          onLine: (line) => {
            running.lines.push(line)
            if (running.lines.length > MOST_LINES) running.lines.shift()
            for (const waiter of waiters) waiter.onLine?.(line)
          },
          signal: stop.signal,
        })
      })
      .finally(() => {
        if (this.#running.get(key) === running) this.#running.delete(key)
      })
    const running: Running = { result, waiters, stop, last: undefined, lines: [] }
    this.#turn = result.catch(() => undefined)
    this.#running.set(key, running)
    return running
  }
}

function leaving(signal: AbortSignal): { promise: Promise<never>; dispose(): void } {
  let abort = (): void => undefined
  const promise = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('No longer waited for.'))
    signal.addEventListener('abort', abort)
  })
  promise.catch(() => undefined)
  return { promise, dispose: () => signal.removeEventListener('abort', abort) }
}
