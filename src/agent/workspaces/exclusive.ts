import { AgentError } from '../agent-error.ts'
import type { Entry } from './entry.ts'

/** What a deletion calls its work: the only work on a workspace that is to be deleted. */
export const DELETED = 'deleted'

/**
 * Does work on a workspace that nothing else may do meanwhile. Throws `AgentError` `CONFLICT` when something else is
 * under way; `signal` aborts when a deletion asks the work to end.
 */
export async function exclusively<T>(
  entry: Entry,
  description: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (entry.record.intent === 'delete' && description !== DELETED) {
    throw new AgentError('CONFLICT', `${entry.record.name} is being deleted.`, {
      hint: 'If that does not end, delete it again.',
    })
  }
  if (entry.work !== undefined) {
    throw new AgentError('CONFLICT', `${entry.record.name} is being ${entry.work.description}.`, {
      hint: 'Try again when that is over.',
    })
  }
  const cancel = new AbortController()
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  entry.work = { description, cancel, ended }
  try {
    return await work(cancel.signal)
  } finally {
    entry.work = undefined
    end()
  }
}

/** Throws when the work was asked to end: for between two of its actions. */
export function stopIfCancelled(signal: AbortSignal, name: string): void {
  if (signal.aborted) throw new AgentError('CONFLICT', `${name} was deleted while this was under way.`)
}
