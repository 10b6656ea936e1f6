import type { Terminals } from '../../terminals/terminals.ts'
import { describeError, type Log, reportTo } from '../log.ts'
import type { ScreenWorker } from '../screens/screen-worker.ts'
import { removeEarlierDrafts } from '../uploads/earlier-drafts.ts'
import { leftFiles } from './holder.ts'
import { takeUpEarlier } from './kept-terminals.ts'
import { endEarlierRuns } from './session-files.ts'

export interface EarlierRunsOptions {
  stateFolder: string
  worker: ScreenWorker
  terminals: Terminals
  log: Log
}

/** What runtimes have left in the state folder that live no more. */
export class EarlierRuns {
  private readonly options: EarlierRunsOptions
  private readonly taken = new Set<string>()

  constructor(options: EarlierRunsOptions) {
    this.options = options
  }

  /** Takes up their terminals, and ends and removes all else. Again, it looks for what has come since. */
  takeUp(): void {
    const { stateFolder, worker, terminals, log } = this.options
    removeEarlierDrafts(stateFolder)
    const isTaken = (file: string): boolean => this.taken.has(file)
    // Looked for once: what a runtime leaves that ends between two looks would be removed, and never taken up.
    const left = leftFiles(stateFolder)
    const earlier = takeUpEarlier(stateFolder, { worker, report: reportTo(log), left, isTaken })
    for (const file of earlier.files) this.taken.add(file)
    terminals.takeUp(earlier.terminals)
    endEarlierRuns(stateFolder, { left, isTaken }).then(
      (count) => {
        if (count > 0) log('warn', 'programs of a runtime that was killed have been ended', { sessions: count })
      },
      (error: unknown) => {
        log('error', 'what an earlier runtime left could not be ended', { error: describeError(error) })
      },
    )
  }
}
