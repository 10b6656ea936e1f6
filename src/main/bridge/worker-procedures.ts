import { implement } from '@orpc/server'
import { workers } from '../../contract/desktop/workers.ts'
import { UnknownWorker, UnsupportedOperation, type WorkerDirectory } from '../workers/worker-directory.ts'
import { NEVER } from './never.ts'

interface Refusals {
  UNKNOWN_WORKER: () => Error
  UNSUPPORTED: () => Error
}

/** Answers what screens ask of the workers. */
export function workerProcedures(directory: WorkerDirectory) {
  const os = implement(workers)
  return os.router({
    list: os.list.handler(() => [...directory.summaries.value]),
    watch: os.watch.handler(async function* ({ signal }) {
      for await (const summaries of directory.summaries.watch(signal ?? NEVER)) yield [...summaries]
    }),
    suggestions: os.suggestions.handler(({ signal }) => directory.suggestions(signal ?? NEVER)),
    test: os.test.handler(({ input, signal }) => directory.test(input.host, signal ?? NEVER)),
    add: os.add.handler(({ input }) => directory.add(input)),
    pairAgain: os.pairAgain.handler(({ input: { id, code }, errors }) =>
      refusing(errors, () => directory.pairAgain(id, code)),
    ),
    rename: os.rename.handler(({ input: { id, label }, errors }) =>
      refusing(errors, async () => {
        await directory.rename(id, label)
        return DONE
      }),
    ),
    remove: os.remove.handler(({ input: { id }, errors }) =>
      refusing(errors, async () => {
        await directory.remove(id)
        return DONE
      }),
    ),
    retry: os.retry.handler(({ input: { id }, errors }) =>
      refusing(errors, async () => {
        directory.retry(id)
        return DONE
      }),
    ),
  })
}

const DONE = { success: true } as const

/** What `work` refuses, as the error that its procedure declares. */
async function refusing<Result>(errors: Refusals, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UnknownWorker) throw errors.UNKNOWN_WORKER()
    if (error instanceof UnsupportedOperation) throw errors.UNSUPPORTED()
    throw error
  }
}
