import { expect, it } from 'vitest'
import { createAnnouncements } from './announcements.ts'

function atHand() {
  let now = 0
  let due: { at: number; run: () => void }[] = []
  const queue = createAnnouncements({
    now: () => now,
    after: (ms, run) => due.push({ at: now + ms, run }),
  })
  const said: string[] = []
  queue.subscribe(() => said.push(queue.read()))
  return {
    ...queue,
    said,
    pass(ms: number) {
      now += ms
      const ready = due.filter((timer) => timer.at <= now)
      due = due.filter((timer) => timer.at > now)
      for (const timer of ready) timer.run()
    },
  }
}

it('says the first sentence at once and gathers what follows within two seconds', () => {
  const queue = atHand()
  queue.announce('api is ready.')
  queue.announce('web stopped.')
  queue.announce('docs failed.')
  expect(queue.said).toEqual(['api is ready.'])
  queue.pass(1999)
  expect(queue.said).toEqual(['api is ready.'])
  queue.pass(1)
  expect(queue.said).toEqual(['api is ready.', 'web stopped. docs failed.'])
})

it('says what comes twice at once only once', () => {
  const queue = atHand()
  queue.announce('one')
  queue.announce('two')
  queue.announce('two')
  queue.pass(2000)
  expect(queue.said).toEqual(['one', 'two'])
})

it('empties the page before it says what it said last', () => {
  const queue = atHand()
  queue.announce('Saved')
  queue.pass(60_000)
  queue.announce('Saved')
  expect(queue.said).toEqual(['Saved', ''])
  queue.pass(100)
  expect(queue.said).toEqual(['Saved', '', 'Saved'])
})
