import { LinkError } from '../../../client/link-error.ts'
import type { WorkerLink } from '../../../client/worker-client.ts'

export interface LinkObserver {
  /** Whether who is at the other end has said that it is a worker. */
  isLive(): boolean
  /** A connection could not be made, or ended before it was live. */
  failed(error: unknown): void
}

/** The same link, whose failures are told: the client that tries again says only that it does. */
export function observedLink(link: WorkerLink, { isLive, failed }: LinkObserver): WorkerLink {
  return {
    ...link,
    connect: async (signal) => {
      try {
        const connection = await link.connect(signal)
        const ended = (): void => {
          if (!isLive()) failed(signal.reason instanceof LinkError ? signal.reason : connection.closed.reason)
        }
        if (connection.closed.aborted) ended()
        else connection.closed.addEventListener('abort', ended, { once: true })
        return connection
      } catch (error) {
        // One that nobody waits for any more has not failed; one that took too long has.
        if (!signal.aborted) failed(error)
        else if (signal.reason instanceof LinkError) failed(signal.reason)
        throw error
      }
    },
  }
}
