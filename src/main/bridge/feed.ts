/** A value that changes, and those who watch it. Whoever is slow sees the latest value, not each one between. */
export class Feed<Value> {
  #value: Value
  #version = 0
  readonly #waiting = new Set<() => void>()
  readonly #listeners: ((value: Value) => void)[] = []

  constructor(value: Value) {
    this.#value = value
  }

  get value(): Value {
    return this.#value
  }

  set(value: Value): void {
    this.#value = value
    this.#version += 1
    for (const listener of this.#listeners) listener(value)
    for (const wake of [...this.#waiting]) wake()
  }

  /** Calls `listener` at each change, while both live. */
  subscribe(listener: (value: Value) => void): void {
    this.#listeners.push(listener)
  }

  /** The value now, then again after each change, until `signal` aborts. */
  async *watch(signal: AbortSignal): AsyncGenerator<Value, void, void> {
    let seen = -1
    while (!signal.aborted) {
      if (seen === this.#version) {
        await this.#change(signal)
      } else {
        seen = this.#version
        yield this.#value
      }
    }
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}
