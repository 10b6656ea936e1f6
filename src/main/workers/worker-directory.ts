import type { AddOutcome, AddWorker, WorkerProbe, WorkerSuggestions } from '../../contract/desktop/pairing.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import type { Feed } from '../bridge/feed.ts'

/** The workers as screens are told of them and may change them: no address, token or path comes from here. */
export interface WorkerDirectory {
  readonly summaries: Feed<readonly WorkerSummary[]>
  suggestions(signal: AbortSignal): AsyncGenerator<WorkerSuggestions, void, void>
  test(host: string, signal: AbortSignal): Promise<WorkerProbe>
  add(wanted: AddWorker): Promise<AddOutcome>
  /** This and what follows throw `UnknownWorker` and `UnsupportedOperation`. */
  pairAgain(id: string, code: string): Promise<AddOutcome>
  rename(id: string, label: string): Promise<void>
  remove(id: string): Promise<void>
  retry(id: string): void
}

export class UnknownWorker extends Error {
  override readonly name = 'UnknownWorker'

  constructor() {
    super('There is no such worker.')
  }
}

/** The worker exists, and this is not for its kind. */
export class UnsupportedOperation extends Error {
  override readonly name = 'UnsupportedOperation'

  constructor() {
    super('That is not for the worker of this computer.')
  }
}
