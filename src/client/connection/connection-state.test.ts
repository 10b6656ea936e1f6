import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'
import { type ConnectionEvent, INITIAL_CONNECTION, nextAttempt, reduceConnection } from './connection-state.ts'

const following = (...events: ConnectionEvent[]) => events.reduce(reduceConnection, INITIAL_CONNECTION)
const lost = (at: number): ConnectionEvent => ({ type: 'lost', at, delayMs: 100 })

describe('the state of a connection', () => {
  it('is connecting until something is known', () => {
    expect(following()).toEqual({ status: 'connecting', attempt: 1 })
    expect(following({ type: 'attempt', at: 3 })).toEqual({ status: 'connecting', attempt: 1 })
  })

  it('remembers when it was last live, over any number of attempts', () => {
    expect(following(lost(5))).toEqual({ status: 'reconnecting', attempt: 2, retryAt: 105, lastLiveAt: undefined })
    const broken = following({ type: 'opened', at: 1 }, lost(50_000), { type: 'attempt', at: 50_100 }, lost(60_000))
    expect(broken).toEqual({ status: 'reconnecting', attempt: 2, retryAt: 60_100, lastLiveAt: 50_000 })
  })

  it('counts on where connections break at once, and anew after a good one', () => {
    const shaky = following(lost(0), lost(1), { type: 'opened', at: 2 })
    expect(nextAttempt(shaky, 3)).toBe(4)
    expect(nextAttempt(shaky, 10_002)).toBe(1)
  })

  it('stays refused until someone tries again, and closed for ever', () => {
    const refused = following({ type: 'refused', reason: 'unauthorized', message: 'Who?' })
    expect(refused).toEqual({ status: 'refused', reason: 'unauthorized', message: 'Who?' })
    expect(reduceConnection(refused, { type: 'attempt', at: 9 })).toEqual(INITIAL_CONNECTION)
    expect(following({ type: 'disposed' }, { type: 'opened', at: 1 }, lost(2))).toEqual({ status: 'closed' })
  })
})

it('waits a random share of a bound that doubles up to 15 s', () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, () => 1))).toEqual([250, 500, 1000, 2000])
  expect(backoffMs(50, () => 1)).toBe(15_000)
  expect(backoffMs(50, () => 0)).toBe(0)
  expect(backoffMs(3, () => 0.25)).toBe(500)
})
