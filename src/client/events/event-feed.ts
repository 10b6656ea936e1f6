import type { AgentEvent } from '../../contract/agent/events.ts'
import { type Clock, pause } from '../clock.ts'
import { backoffMs } from '../connection/backoff.ts'
import type { LiveConnection } from '../connection/handshake.ts'
import { isAborted } from '../is-aborted.ts'

export interface EventFeedDeps {
  /** The live connection, when there is one; rejects when there will be none. */
  whenLive: (signal: AbortSignal) => Promise<LiveConnection>
  /** Calls `wake` whenever there is a live connection again, until the returned function is called. */
  onLive: (wake: () => void) => () => void
  clock: Clock
  random: () => number
  listener: (event: AgentEvent) => void
}

/** Tells `listener` every event of the worker once and in order, over reconnections, until `signal` aborts. */
export async function followEvents(deps: EventFeedDeps, signal: AbortSignal): Promise<void> {
  let last: string | undefined
  let failures = 0
  while (!signal.aborted) {
    let closed: AbortSignal | undefined
    try {
      const live = await deps.whenLive(signal)
      ;({ closed } = live)
      const { api } = live
      const bounded = AbortSignal.any([signal, closed])
      const stream = await api.events(last === undefined ? {} : { after: last }, { signal: bounded })
      for await (const event of stream) {
        if (isAborted(signal)) return
        if (last !== undefined && isRepeated(event.id, last)) continue
        last = event.id
        failures = 0
        tell(deps.listener, event)
      }
    } catch {
      // The link broke, the worker refused, or the stream ended between two events: all is mended by asking again.
    }
    // What was lost with its link waits for the next one, which comes after waits of its own.
    failures = closed?.aborted === true ? 0 : failures + 1
    if (failures > 0) await pauseUnlessLive(deps, { delayMs: backoffMs(failures, deps.random), signal })
  }
}

async function pauseUnlessLive(
  { clock, onLive }: EventFeedDeps,
  { delayMs, signal }: { delayMs: number; signal: AbortSignal },
): Promise<void> {
  const woken = new AbortController()
  const stop = onLive(() => woken.abort())
  await pause(clock, { delayMs, signal: AbortSignal.any([signal, woken.signal]) })
  stop()
}

/** A listener that throws has a bug of its own: it is reported as uncaught, and the feed goes on. */
function tell(listener: (event: AgentEvent) => void, event: AgentEvent): void {
  try {
    listener(event)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Whether `id` was told already: ids of one epoch count up, and another epoch begins with a `reset`. */
export function isRepeated(id: string, last: string): boolean {
  const [epoch, sequence] = split(id)
  const [lastEpoch, lastSequence] = split(last)
  return epoch === lastEpoch && sequence <= lastSequence
}

function split(id: string): [epoch: string, sequence: number] {
  const dash = id.lastIndexOf('-')
  return [id.slice(0, dash), Number(id.slice(dash + 1))]
}
