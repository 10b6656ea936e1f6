import type { LogLine } from '../../contract/agent/log-line.ts'

/** Lines that may wait for the reader. */
const MOST_WAITING = 256

/** Brings lines of several sources into one order. Who puts waits while many lines do, so that a source goes no faster than the reader. */
export class LineQueue {
  #lines: LogLine[] = []
  #wakeReader = (): void => undefined
  readonly #waiting = new Set<() => void>()
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wakeAll(), { once: true })
  }

  /** Resolves when there is room for the next. */
  async put(line: LogLine): Promise<void> {
    this.#lines.push(line)
    this.#wakeReader()
    while (this.#lines.length >= MOST_WAITING && !this.#signal.aborted)
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  /** Every line in order, until the signal aborts. */
  async *read(): AsyncGenerator<LogLine, void, void> {
    while (!this.#signal.aborted || this.#lines.length > 0) {
      const lines = this.#lines
      if (lines.length === 0) {
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve
        })
        continue
      }
      this.#lines = []
      this.#wakeWriters()
      yield* lines
    }
  }

  #wakeWriters(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  #wakeAll(): void {
    this.#wakeReader()
    this.#wakeWriters()
  }
}
