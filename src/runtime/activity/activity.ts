import type { RuntimeActivity } from '../../contract/runtime/api.ts'

const TELL_EVERY_MS = 60_000

export interface ActivityOptions {
  /** Milliseconds by a clock that nobody sets, and that stands still while the computer sleeps (CLOCK_MONOTONIC). */
  steadyMs(): number
  /** Whether work goes on of a kind that leaves no trace in here: looked for when somebody asks, and now and then. */
  looks: Record<'program' | 'ssh', () => boolean>
  /** Somebody was at work in the last minute. */
  tell(idleMs: number): void
}

/** When somebody or something was last at work in this workspace. */
export class Activity {
  private readonly options: ActivityOptions
  private lastMs: number
  private running = 0
  private readonly telling: NodeJS.Timeout

  constructor(options: ActivityOptions) {
    this.options = options
    this.lastMs = options.steadyMs()
    this.telling = setInterval(() => {
      const { idleMs } = this.look()
      if (idleMs < TELL_EVERY_MS) options.tell(idleMs)
    }, TELL_EVERY_MS)
    this.telling.unref()
  }

  /** Something was typed, said, or asked for just now. Called for each piece of output: cheap. */
  note(): void {
    this.lastMs = this.options.steadyMs()
  }

  /** A program runs from now until the result is called. */
  begin(): () => void {
    this.running += 1
    return () => {
      this.running -= 1
      this.note()
    }
  }

  look(): RuntimeActivity {
    const { looks, steadyMs } = this.options
    const busy: RuntimeActivity['busy'] = this.running > 0 ? ['exec'] : []
    for (const kind of ['program', 'ssh'] as const) if (looks[kind]()) busy.push(kind)
    if (busy.length > 0) this.note()
    return { idleMs: Math.max(0, steadyMs() - this.lastMs), busy }
  }

  dispose(): void {
    clearInterval(this.telling)
  }
}
