import { expect, it } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.ts'
import type { ConnectionState } from '../../../client/worker-client.ts'
import { AskAgain } from './ask-again.ts'

const REFUSED: ConnectionState = { status: 'refused', reason: 'unauthorized', message: 'Who?' }
const CONNECTING: ConnectionState = { status: 'connecting', attempt: 1 }

/** A worker that answers each question at once with `answer`. */
function worker({ answer = REFUSED }: { answer?: ConnectionState } = {}) {
  const clock = new ManualClock()
  const again = new AskAgain(clock, () => 1)
  const asked: number[] = []
  const start = clock.now()
  const went = (state: ConnectionState): void =>
    again.after(state, () => {
      asked.push(clock.now() - start)
      expect(again.isAsking).toBe(true)
      went(CONNECTING)
      went(answer)
    })
  return { clock, again, asked, went }
}

it('asks again after seconds, then after minutes, and at most every five', async () => {
  const { clock, again, asked, went } = worker()
  went(REFUSED)
  await clock.advance(1_500_000)
  expect(asked.slice(0, 4)).toEqual([5_000, 15_000, 35_000, 75_000])
  expect(asked.slice(-2).map((at, index, last) => at - (last[index - 1] ?? at))).toEqual([0, 300_000])
  expect(again.isAsking).toBe(false)
})

it('begins with seconds anew once it was let in', async () => {
  const { clock, asked, went } = worker({ answer: { status: 'live', since: 0, attempt: 1 } })
  went(REFUSED)
  await clock.advance(600_000)
  expect(asked).toEqual([5_000])
  went(REFUSED)
  await clock.advance(5_000)
  expect(asked).toEqual([5_000, 605_000])
})

it.each<ConnectionState>([
  CONNECTING,
  { status: 'live', since: 0, attempt: 1 },
  { status: 'reconnecting', attempt: 1, retryAt: 0, lastLiveAt: undefined },
  { status: 'refused', reason: 'incompatible', message: 'It is older.' },
])('asks nothing of one that is $status', async (state) => {
  const { clock, asked, went } = worker()
  went(REFUSED)
  went(state)
  await clock.advance(600_000)
  expect(asked).toEqual([])
})

it('asks nothing once it is stopped', async () => {
  const { clock, again, asked, went } = worker()
  went(REFUSED)
  again.stop()
  await clock.advance(600_000)
  expect(asked).toEqual([])
})
