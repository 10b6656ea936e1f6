import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Identifier } from '../names.ts'
import { AddOutcome, AddWorker, PairCode, WorkerHost, WorkerProbe, WorkerSuggestions } from './pairing.ts'
import { WorkerLabel, WorkerSummary } from './worker.ts'

/** No worker has that id; one that has does not do that: the one of this computer stays, and is not paired. */
const errors = { UNKNOWN_WORKER: { status: 404 }, UNSUPPORTED: { status: 405 } }
const Done = z.object({ success: z.literal(true) })
const Which = z.strictObject({ id: Identifier })

export const workers = {
  list: oc.output(z.array(WorkerSummary)),
  /** The list now, and again each time it changes. */
  watch: oc.output(eventIterator(z.array(WorkerSummary))),
  /**
   * The computers of the tailnet at once, and again as those that are online have told whether an agent is there. Each call asks
   * anew; it ends when all have been asked, or with who reads it.
   */
  suggestions: oc.output(eventIterator(WorkerSuggestions)),
  /** What is at an address. Nothing is kept, and no token is sent. */
  test: oc.input(z.strictObject({ host: WorkerHost })).output(WorkerProbe),
  /** Pairs with the worker at an address and keeps it. What stands in the way is an outcome, not an error. */
  add: oc.input(AddWorker).output(AddOutcome),
  /** Trades a new code for a new token, where the worker does not know the old one any more. */
  pairAgain: oc
    .errors(errors)
    .input(z.strictObject({ id: Identifier, code: PairCode }))
    .output(AddOutcome),
  rename: oc
    .errors(errors)
    .input(z.strictObject({ id: Identifier, label: WorkerLabel }))
    .output(Done),
  /** Forgets the worker and its token. What is on it stays there. */
  remove: oc.errors(errors).input(Which).output(Done),
  /** Tries at once to reach it. */
  retry: oc.errors(errors).input(Which).output(Done),
}
