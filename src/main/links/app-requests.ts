import type { AppRequest } from '../../contract/desktop/pairing.ts'
import { Feed } from '../bridge/feed.ts'

/** Carries what links ask for to a screen. The latest waits for a screen that listens, and goes to one alone. */
export class AppRequests {
  readonly #waiting = new Feed<AppRequest | undefined>(undefined)

  ask(request: AppRequest): void {
    this.#waiting.set(request)
  }

  /** The request that waits, and each from now on, until `signal` aborts. */
  async *listen(signal: AbortSignal): AsyncGenerator<AppRequest, void, void> {
    for await (const request of this.#waiting.watch(signal)) {
      if (request === undefined) continue
      this.#waiting.set(undefined)
      yield request
    }
  }
}
