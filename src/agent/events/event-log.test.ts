import { describe, expect, it } from 'vitest'
import { AgentEvent } from '../../contract/agent/events.ts'
import { createEventLog } from './event-log.ts'

const warning = (code: string) => ({ type: 'agent.warning', code, message: code }) as const
const log = (kept = 10) => createEventLog({ epoch: 'e1', now: () => new Date(0), kept })

async function take(source: AsyncGenerator<AgentEvent, void, void>, count: number): Promise<AgentEvent[]> {
  const taken: AgentEvent[] = []
  while (taken.length < count) {
    const { value, done } = await source.next()
    if (done === true) break
    if (value !== undefined) taken.push(value)
  }
  return taken
}

const codes = (events: AgentEvent[]): string[] =>
  events.map((event) => (event.type === 'agent.warning' ? event.code : event.type))

describe('event log', () => {
  it('begins with a reset for who comes without a place, and goes on from there', async () => {
    const events = log()
    events.publish(warning('a'))
    const feed = events.subscribe(undefined, new AbortController().signal)
    const [first] = await take(feed, 1)
    expect(first).toMatchObject({ type: 'reset', id: 'e1-1' })
    expect(AgentEvent.safeParse(first).success).toBe(true)
    events.publish(warning('b'))
    expect(codes(await take(feed, 1))).toEqual(['b'])
  })

  it('replays what was missed, each once and in order', async () => {
    const events = log()
    for (const code of ['a', 'b', 'c']) events.publish(warning(code))
    const feed = events.subscribe('e1-1', new AbortController().signal)
    expect(codes(await take(feed, 2))).toEqual(['b', 'c'])
  })

  it.each(['e0-1', 'e1-99', 'nonsense', 'e1-0'])(
    'answers %s with a reset when it cannot be told from there',
    async (after) => {
      const events = log(2)
      for (const code of ['a', 'b', 'c', 'd', 'e']) events.publish(warning(code))
      const feed = events.subscribe(after, new AbortController().signal)
      expect(codes(await take(feed, 1))).toEqual(['reset'])
    },
  )

  it('tells a subscriber that fell behind to list anew, then goes on', async () => {
    const events = log(3)
    const feed = events.subscribe(undefined, new AbortController().signal)
    await take(feed, 1)
    for (let count = 0; count < 20; count += 1) events.publish(warning(String(count)))
    expect(codes(await take(feed, 1))).toEqual(['reset'])
    events.publish(warning('after'))
    expect(codes(await take(feed, 1))).toEqual(['after'])
  })

  it('ends when its subscriber leaves, even while it waits', async () => {
    const events = log()
    const leaving = new AbortController()
    const feed = events.subscribe(undefined, leaving.signal)
    await take(feed, 1)
    const next = feed.next()
    leaving.abort()
    expect((await next).done).toBe(true)
  })

  it('disturbs nobody else when one subscriber leaves', async () => {
    const events = log()
    const staying = new AbortController()
    let looks = 0
    Object.defineProperty(staying.signal, 'aborted', {
      get: () => {
        looks += 1
        return false
      },
    })
    const stays = events.subscribe(undefined, staying.signal)
    const leaving = new AbortController()
    const leaves = events.subscribe(undefined, leaving.signal)
    for (const feed of [stays, leaves]) await take(feed, 1)
    const next = stays.next()
    const end = leaves.next()
    const before = looks
    leaving.abort()
    expect((await end).done).toBe(true)
    expect(looks).toBe(before)
    events.publish(warning('a'))
    expect((await next).value).toMatchObject({ code: 'a' })
  })

  it('ends for all when the agent ends', async () => {
    const events = log()
    const feed = events.subscribe(undefined, new AbortController().signal)
    await take(feed, 1)
    const next = feed.next()
    events.end()
    expect((await next).done).toBe(true)
  })
})
