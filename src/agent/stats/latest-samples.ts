import type { WorkspaceStats } from '../../contract/agent/stats.ts'

/** Samples on their way to one reader: of each workspace the latest alone, so that a slow reader costs nothing. */
export class LatestSamples {
  readonly #latest = new Map<string, WorkspaceStats>()
  readonly #signal: AbortSignal
  #wake = (): void => undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  put(sample: WorkspaceStats): void {
    this.#latest.set(sample.workspace, sample)
    this.#wake()
  }

  /** Until the signal aborts. */
  async *read(): AsyncGenerator<WorkspaceStats, void, void> {
    while (!this.#signal.aborted) {
      const [next] = this.#latest.values()
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      } else {
        this.#latest.delete(next.workspace)
        yield next
      }
    }
  }
}
