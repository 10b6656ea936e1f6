import type { Clock } from '../../../client/clock.ts'
import type { ConnectionState } from '../../../client/worker-client.ts'

const FIRST_MS = 5_000
const MOST_MS = 300_000

/**
 * Asks a worker that lets in by who one is, and did not, again by itself: who one is may be known to it later, or may have been given back.
 * Seconds pass at first, and minutes later. Where a token was refused nobody asks: it stays refused.
 */
export class AskAgain {
  readonly #clock: Clock
  /** From 0 to 1; spreads many that ask. */
  readonly #random: () => number
  #refusals = 0
  #cancel: () => void = () => undefined
  #isAsking = false

  constructor(clock: Clock, random: () => number = Math.random) {
    this.#clock = clock
    this.#random = random
  }

  /** Whether `ask` is being called: what begins by it is nothing to show. */
  get isAsking(): boolean {
    return this.#isAsking
  }

  /** Hears how the connection stands now; one that was refused is asked for again by `ask`. */
  after(state: ConnectionState, ask: () => void): void {
    this.stop()
    if (state.status === 'live') this.#refusals = 0
    if (state.status !== 'refused' || state.reason !== 'unauthorized') return
    const bound = Math.min(MOST_MS, FIRST_MS * 2 ** this.#refusals)
    this.#refusals = Math.min(this.#refusals + 1, 10)
    this.#cancel = this.#clock.schedule(() => this.#ask(ask), bound * (0.5 + this.#random() / 2))
  }

  stop(): void {
    this.#cancel()
    this.#cancel = () => undefined
  }

  #ask(ask: () => void): void {
    this.#isAsking = true
    try {
      ask()
    } finally {
      this.#isAsking = false
    }
  }
}
