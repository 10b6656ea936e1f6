import type { TerminalState } from '../../../client/worker-client.ts'
import type { ErrorCode } from '../../../contract/errors.ts'

/** Failures that say that nothing runs there; behind any other a program may go on. */
const NOTHING_RUNS: ReadonlySet<string> = new Set(['NOT_FOUND' satisfies ErrorCode, 'ENDED'])

/** Whether a screen knows that its program has ended. */
export function isOver(state: TerminalState): boolean {
  if (state.status === 'failed') return NOTHING_RUNS.has(state.code)
  return state.status === 'exited' || state.status === 'stopped'
}

/** How long a terminal that was closed is kept, so that closing it can be undone. */
export const UNDO_MS = 10_000

const waiting = new Map<string, ReturnType<typeof setTimeout>>()

/** Ends a terminal in ten seconds, unless it is kept until then. A window that closes meanwhile leaves it running. */
export function endLater(id: string, end: () => void): void {
  keepRunning(id)
  waiting.set(
    id,
    setTimeout(() => {
      waiting.delete(id)
      end()
    }, UNDO_MS),
  )
}

/** Takes back that a terminal is to be ended. */
export function keepRunning(id: string): void {
  clearTimeout(waiting.get(id))
  waiting.delete(id)
}
