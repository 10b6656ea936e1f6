import { expect, it } from 'vitest'
import { AgentProcess } from '../../support/agent.ts'
import { RegistryFixture } from '../../support/registry.ts'

const DAY_MS = 24 * 60 * 60_000
const MINUTE_MS = 60_000

/** Has the Node that it is given to believe that it is `aheadMs` later than it is. */
function otherClock(aheadMs: number): NodeJS.ProcessEnv {
  const script = `
    const RealDate = Date
    globalThis.Date = class extends RealDate {
      constructor(...parts) {
        super(...(parts.length === 0 ? [RealDate.now() + ${aheadMs}] : parts))
      }
      static now() {
        return RealDate.now() + ${aheadMs}
      }
    }`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}

it.each([
  ['a day ahead', DAY_MS],
  ['three minutes behind', -3 * MINUTE_MS],
])('a worker whose clock is %s is added, and what it says of times is as old as it is', async (_words, aheadMs) => {
  await using agent = await AgentProcess.start({ environment: otherClock(aheadMs) })
  await using fixture = await RegistryFixture.start()
  const { code } = await agent.local().api.clients.pair({ scope: 'admin' })
  const outcome = await fixture.registry.add({ host: `127.0.0.1:${agent.port}`, code })
  if (outcome.status !== 'added') throw new Error(`Adding came to ${JSON.stringify(outcome)}`)
  const worker = fixture.client(outcome.worker.id)
  const [paired] = await worker.api.clients.list()
  const ageMs = (now: number): number => now - Date.parse(paired?.createdAt ?? '')
  expect(Math.abs(ageMs(Date.now()) + aheadMs)).toBeLessThan(MINUTE_MS)
  expect(Math.abs(ageMs(Date.now() + worker.clockAheadMs))).toBeLessThan(MINUTE_MS)
})
