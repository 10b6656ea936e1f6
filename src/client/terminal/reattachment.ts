import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import type { Clock } from '../clock.ts'
import { backoffMs } from '../connection/backoff.ts'

/** A network that swallows what is sent must not hold an attempt for as long as the system would. */
const OPEN_MS = 10_000
/** An attempt of this age is given up for a new one where there is a reason to think that the network is another. */
const STUCK_MS = 1_000
/** After this long the other side is taken to be off, and asked seldom. */
export const OFFLINE_AFTER_MS = 600_000
const OFFLINE_RETRY_MS = 60_000

export interface ReattachmentDeps {
  /** Opens a channel. Rejects with `LinkError`. */
  open: (signal: AbortSignal) => Promise<FrameSocket>
  clock: Clock
  /** From 0 to 1. */
  random: () => number
  /** The wait is over: `now` is to be called, now or as soon as it makes sense. */
  due: () => void
  opened: (socket: FrameSocket) => void
  /** An attempt failed, with what `open` rejected with; `undefined` where it took too long. */
  failed: (error: unknown) => void
}

type Attempt = { at: number; abandoned: AbortController; cancelTimer: () => void }

/** Opens channels, one at a time: at once, or after a wait that grows. */
export class Reattachment {
  readonly #deps: ReattachmentDeps
  readonly #stopped = new AbortController()
  #attempt: Attempt | undefined
  #cancelRetry: () => void = () => undefined
  #failures = 0
  #downSince: number | undefined

  constructor(deps: ReattachmentDeps) {
    this.#deps = deps
  }

  /** Attempts since the last success, the next one included. */
  get attempts(): number {
    return this.#failures
  }

  /** Since when there is no connection (ms since the epoch); `undefined` while there is one, and before the first. */
  get downSince(): number | undefined {
    return this.#downSince
  }

  get isOffline(): boolean {
    return this.#downForMs() >= OFFLINE_AFTER_MS
  }

  /** Tries now. An attempt that is under way goes on, unless it seems stuck. */
  now(): void {
    if (this.#stopped.signal.aborted) return
    this.#cancelRetry()
    if (this.#attempt !== undefined) {
      if (this.#deps.clock.now() - this.#attempt.at < STUCK_MS) return
      this.#abandon(this.#attempt)
    }
    void this.#open()
  }

  /** There is no connection since `since`, or an attempt failed: tries again after a while. */
  later(since: number): void {
    if (this.#stopped.signal.aborted) return
    this.#downSince ??= since
    this.#failures += 1
    const { clock, random } = this.#deps
    const delayMs = this.isOffline ? OFFLINE_RETRY_MS * (1 + random()) : backoffMs(this.#failures, random)
    this.#cancelRetry()
    this.#cancelRetry = clock.schedule(this.#deps.due, delayMs)
  }

  /** There is a connection: the next loss begins the waits anew. */
  succeeded(): void {
    this.#failures = 0
    this.#downSince = undefined
  }

  stop(): void {
    this.#stopped.abort()
    this.#cancelRetry()
    if (this.#attempt !== undefined) this.#abandon(this.#attempt)
  }

  async #open(): Promise<void> {
    const { clock, open, opened, failed } = this.#deps
    const attempt: Attempt = { at: clock.now(), abandoned: new AbortController(), cancelTimer: () => undefined }
    this.#attempt = attempt
    attempt.cancelTimer = clock.schedule(() => {
      this.#abandon(attempt)
      failed(undefined)
    }, OPEN_MS)
    try {
      const socket = await open(attempt.abandoned.signal)
      if (this.#settle(attempt)) opened(socket)
      else socket.close(CLOSE.exited)
    } catch (error) {
      if (this.#settle(attempt)) failed(error)
    }
  }

  /** Whether `attempt` is the one that counts; after this there is none. */
  #settle(attempt: Attempt): boolean {
    if (this.#attempt !== attempt) return false
    attempt.cancelTimer()
    this.#attempt = undefined
    return true
  }

  #abandon(attempt: Attempt): void {
    this.#settle(attempt)
    attempt.abandoned.abort()
  }

  #downForMs(): number {
    return this.#downSince === undefined ? 0 : this.#deps.clock.now() - this.#downSince
  }
}
