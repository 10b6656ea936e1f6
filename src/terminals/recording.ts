import type { TerminalHistory } from './program.ts'
import type { Report } from './report.ts'

export interface RecordingDeps {
  /** The terminal's. */
  id: string
  history: TerminalHistory
  report: Report
}

/** Adds what a program says to its history; reports once of each time in which it cannot be kept. */
export class Recording {
  private readonly deps: RecordingDeps
  private isBroken = false

  constructor(deps: RecordingDeps) {
    this.deps = deps
  }

  /** Returns the offset of the first byte. */
  append(bytes: Uint8Array): number {
    const { id, history, report } = this.deps
    const offset = history.end
    const error = history.append(bytes)
    if (error !== undefined && !this.isBroken) report('warn', 'history could not be kept', { terminal: id, error })
    this.isBroken = error !== undefined
    return offset
  }
}
