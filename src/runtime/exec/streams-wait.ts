/** How long the streams of a program that ended may stay open in what it left behind, before they are let go. */
const STREAMS_WAIT_MS = 500

/** The wait for the streams of a program that has ended. While somebody is still taking what came of them it stands still. */
export class StreamsWait {
  readonly #over = new AbortController()
  #leftMs = STREAMS_WAIT_MS
  #holders = 0
  #isRunning = false
  #timer: NodeJS.Timeout | undefined
  #startedAt = 0

  /** Aborts when the wait is over. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  /** The program has ended. */
  begin(): void {
    this.#isRunning = true
    this.#goOn()
  }

  /** The wait stands still until `taken` has settled. */
  hold(taken: Promise<void>): void {
    this.#holders += 1
    this.#stand()
    const letGo = (): void => {
      this.#holders -= 1
      this.#goOn()
    }
    taken.then(letGo, letGo)
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#isRunning = false
    this.#stand()
  }

  #goOn(): void {
    if (!this.#isRunning || this.#holders > 0) return
    this.#startedAt = performance.now()
    this.#timer = setTimeout(() => {
      this.#over.abort()
    }, this.#leftMs)
  }

  #stand(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#startedAt))
  }
}
