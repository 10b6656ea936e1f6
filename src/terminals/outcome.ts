import type { TerminalExit } from '../contract/terminal/terminal.ts'
import type { KeptRecord } from './program.ts'

/** How the program of a terminal ends: by itself, or with its workspace. */
export class Outcome {
  /** How it ended by itself, and when (ms since the epoch). */
  exit: TerminalExit | undefined
  exitedAtMs: number | undefined
  /** As `exitedAtMs`, on a clock that nobody sets (ms of `performance.now()`). */
  steadyExitMs: number | undefined
  isStopped = false
  /** The workspace stops: an end that comes now is not the program's own. */
  isStopping = false
  readonly reached: Promise<void>
  private resolve: () => void = () => undefined

  constructor(earlier: KeptRecord | undefined) {
    this.reached = new Promise((resolve) => {
      this.resolve = resolve
    })
    if (earlier === undefined) return
    this.exit = earlier.record.exit
    this.exitedAtMs = earlier.exitedAtMs
    if (earlier.exitedAtMs !== undefined) this.steadyExitMs = performance.now() - (Date.now() - earlier.exitedAtMs)
    this.isStopped = this.exit === undefined
    this.resolve()
  }

  get isReached(): boolean {
    return this.exit !== undefined || this.isStopped
  }

  /** The program has ended. */
  reach(exit: TerminalExit): void {
    if (this.isStopping) this.isStopped = true
    else {
      this.exit = exit
      this.exitedAtMs = Date.now()
      this.steadyExitMs = performance.now()
    }
    this.resolve()
  }
}
