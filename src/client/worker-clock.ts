import { Timestamp } from '../contract/names.ts'
import type { Clock } from './clock.ts'

/** How far the clock of a worker is from this computer's, as far as the worker tells. */
export class WorkerClock {
  #aheadMs = 0
  readonly #clock: Pick<Clock, 'now'>

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** By so many milliseconds it is ahead; 0 as long as it is not known. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  /** Takes in what the worker said the time was, in an answer that has come now, after `roundTripMs`. What is no time counts for nothing. */
  told(time: unknown, roundTripMs: number): void {
    const told = Timestamp.safeParse(time)
    if (!told.success) return
    const answeredAt = this.#clock.now()
    const theirs = Date.parse(told.data)
    // Between the question and the answer it may have been any time: a clock that is no further off is taken for the same.
    const isSame = theirs >= answeredAt - roundTripMs && theirs <= answeredAt
    this.#aheadMs = isSame ? 0 : Math.round(theirs - (answeredAt - roundTripMs / 2))
  }
}
