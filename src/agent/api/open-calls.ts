import type { Identity } from '../auth/identity.ts'

/**
 * Calls that one client may have under way on its sockets, streams among them: each event goes to every stream. A screen has
 * a handful; a program that runs more at once than this waits for some to end.
 */
const MOST_PER_CLIENT = 256

/** How many calls are under way on sockets, by who asked. */
export interface OpenCalls {
  /** Counts one until the returned function is called, once; `undefined` when its client has too many. */
  begin(identity: Pick<Identity, 'id' | 'kind'>): (() => void) | undefined
}

/** Calls of this computer are not counted. */
export function createOpenCalls(most = MOST_PER_CLIENT): OpenCalls {
  const counts = new Map<string, number>()
  return {
    begin: ({ id, kind }) => {
      if (kind === 'local') return () => undefined
      const count = counts.get(id) ?? 0
      if (count >= most) return undefined
      counts.set(id, count + 1)
      return () => {
        const left = (counts.get(id) ?? 1) - 1
        if (left > 0) counts.set(id, left)
        else counts.delete(id)
      }
    },
  }
}
