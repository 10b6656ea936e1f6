import type { WorkerClient } from '../../client/worker-client.ts'
import type { Streams } from '../terminal-streams.ts'

/** What commands are made with. */
export interface CommandDeps {
  streams: Streams
  /** Runs work with the agent of this computer. */
  withWorker<Result>(work: (worker: WorkerClient) => Promise<Result>): Promise<Result>
  /** Hears what the command line ends with where that is not 0. */
  exitWith(code: number): void
}

/** The option of every command that prints data. */
export const JSON_OPTION = ['--json', 'print JSON, also for failures', false] as const
