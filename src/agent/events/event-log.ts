import { randomBytes } from 'node:crypto'
import type { AgentEvent } from '../../contract/agent/events.ts'
import type { EventLog, NewAgentEvent } from '../services.ts'

/** Events that are kept for those who come back. */
export const KEPT_EVENTS = 10_000

export interface EventLogOptions {
  /** Names this run of the agent: ids of another run are not understood. 1 to 32 small letters and digits. */
  epoch: string
  now: () => Date
  kept?: number
}

/**
 * What happened, numbered from 1. Subscribers hold only a place in the one log: however slow they are, they cost nothing,
 * and who falls behind what is kept is told to list anew.
 */
export function createEventLog({ epoch, now, kept = KEPT_EVENTS }: EventLogOptions): EventLog & { end(): void } {
  const events: AgentEvent[] = []
  const waiting = new Set<() => void>()
  let last = 0
  let hasEnded = false

  const wakeAll = (): void => {
    for (const wake of waiting) wake()
    waiting.clear()
  }
  const idOf = (sequence: number): string => `${epoch}-${sequence}`
  const reset = (): AgentEvent => ({ id: idOf(last), at: now().toISOString(), type: 'reset' })

  /** Where a subscriber goes on; undefined when what it asks for cannot be told any more. */
  function placeOf(after: string | undefined): number | undefined {
    const match = after === undefined ? null : /^([a-z0-9]+)-(\d+)$/.exec(after)
    if (match?.[1] !== epoch) return undefined
    const place = Number(match[2])
    return place > last || place < last - events.length ? undefined : place
  }

  return {
    publish(event: NewAgentEvent): void {
      last += 1
      events.push({ ...event, id: idOf(last), at: now().toISOString() })
      // Trimmed in blocks: taking one from the front of a long array at each event is slow.
      if (events.length >= kept * 2) events.splice(0, events.length - kept)
      wakeAll()
    },

    async *subscribe(after, signal) {
      let place = placeOf(after)
      let wake = (): void => undefined
      const stop = (): void => wake()
      signal.addEventListener('abort', stop)
      try {
        while (!signal.aborted && !hasEnded) {
          if (place === undefined || place < last - Math.min(events.length, kept)) {
            place = last
            yield reset()
          } else if (place < last) {
            const event: AgentEvent | undefined = events[events.length - (last - place)]
            place += 1
            if (event !== undefined) yield event
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve
              waiting.add(resolve)
            })
          }
        }
      } finally {
        signal.removeEventListener('abort', stop)
        waiting.delete(wake)
      }
    },

    end(): void {
      hasEnded = true
      wakeAll()
    },
  }
}

/** A name for this run of the agent: later runs have greater ones, and no two have the same. */
export function newEpoch(): string {
  return `${Date.now().toString(36)}${randomBytes(4).toString('hex')}`
}
