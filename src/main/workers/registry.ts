import type { AddOutcome, WorkerProbe, WorkerSuggestions } from '../../contract/desktop/pairing.ts'
import type { WorkerSummary } from '../../contract/desktop/worker.ts'
import { Feed } from '../bridge/feed.ts'
import { UnknownWorker, UnsupportedOperation, type WorkerDirectory } from './worker-directory.ts'

/** All workers of the app: the one of this computer. */
export class WorkerRegistry implements WorkerDirectory {
  readonly summaries: Feed<readonly WorkerSummary[]>

  constructor(embedded: Feed<WorkerSummary>) {
    this.summaries = new Feed<readonly WorkerSummary[]>([embedded.value])
    embedded.subscribe((summary) => this.summaries.set([summary]))
  }

  async suggestions(): Promise<WorkerSuggestions> {
    return { state: 'absent', computers: [] }
  }

  async test(): Promise<WorkerProbe> {
    throw new UnsupportedOperation()
  }

  async add(): Promise<AddOutcome> {
    throw new UnsupportedOperation()
  }

  async pairAgain(id: string): Promise<AddOutcome> {
    throw this.#refusal(id)
  }

  async rename(id: string): Promise<void> {
    throw this.#refusal(id)
  }

  async remove(id: string): Promise<void> {
    throw this.#refusal(id)
  }

  retry(id: string): void {
    throw this.#refusal(id)
  }

  #refusal(id: string): Error {
    const isKnown = this.summaries.value.some((summary) => summary.id === id)
    return isKnown ? new UnsupportedOperation() : new UnknownWorker()
  }
}
