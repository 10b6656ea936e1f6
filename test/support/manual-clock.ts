import type { Clock } from '../../src/client/clock.ts'

type Task = { at: number; order: number; run: () => void }

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now = 1_000_000
  /** What people have set the wall clock forward, or back. */
  #jumpedMs = 0
  #order = 0
  readonly #tasks = new Set<Task>()

  readonly now = (): number => this.#now + this.#jumpedMs

  /** Of the same passing time, not changed by `jump`. */
  readonly steady = (): number => this.#now

  readonly schedule = (run: () => void, delayMs: number): (() => void) => {
    this.#order += 1
    const task = { at: this.#now + delayMs, order: this.#order, run }
    this.#tasks.add(task)
    return () => this.#tasks.delete(task)
  }

  /** Runs what is due within `ms`, in its order, letting promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let task = this.#next(end); task !== undefined; task = this.#next(end)) {
      this.#tasks.delete(task)
      this.#now = Math.max(this.#now, task.at)
      task.run()
      await settle()
    }
    this.#now = end
  }

  /** Lets time pass without anything running, as while a computer sleeps. */
  sleep(ms: number): void {
    this.#now += ms
  }

  /** Sets the wall clock forward or back; no time passes. */
  jump(ms: number): void {
    this.#jumpedMs += ms
  }

  #next(end: number): Task | undefined {
    return [...this.#tasks].filter((task) => task.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0]
  }
}

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
