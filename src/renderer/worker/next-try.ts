import { pause, systemClock } from '../../client/clock.ts'
import { backoffMs } from '../../client/connection/backoff.ts'
import type { WorkerClient } from '../../client/worker-client.ts'

/**
 * Resolves when a question that has failed `failures` times is worth asking again: when the link is back, or after a while where it stands.
 * Resolves at once when `signal` aborts.
 */
export async function nextTry(
  client: Pick<WorkerClient, 'connection' | 'onConnection'>,
  { failures, signal }: { failures: number; signal: AbortSignal },
): Promise<void> {
  if (client.connection.status === 'live') {
    await pause(systemClock, { delayMs: backoffMs(failures, Math.random), signal })
    return
  }
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      stop()
      signal.removeEventListener('abort', settle)
      resolve()
    }
    const stop = client.onConnection(({ status }) => {
      if (status === 'live') settle()
    })
    signal.addEventListener('abort', settle, { once: true })
    if (signal.aborted) settle()
  })
}
