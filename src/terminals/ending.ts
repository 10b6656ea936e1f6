import type { Outcome } from './outcome.ts'
import type { Program } from './program.ts'
import type { Report } from './report.ts'

export interface EndingDeps {
  /** The terminal's. */
  id: string
  program: Program
  outcome: Outcome
  report: Report
}

/** The end that the program of a terminal is asked for. */
export class Ending {
  private readonly deps: EndingDeps
  private asked: Promise<void> | undefined

  constructor(deps: EndingDeps) {
    this.deps = deps
  }

  get isAsked(): boolean {
    return this.asked !== undefined
  }

  /** Ends the program and all of its session; resolves when nothing of it runs. Asking again waits for the same end. */
  ask(graceMs?: number): Promise<void> {
    this.asked ??= this.end(graceMs)
    return this.asked
  }

  private async end(graceMs?: number): Promise<void> {
    const { id, program, outcome, report } = this.deps
    const { left } = await program.end(graceMs)
    if (left.length > 0) {
      report('warn', 'processes of an ended terminal remain', { terminal: id, left })
      if (!outcome.isReached) program.dispose()
      return
    }
    await outcome.reached
  }
}
