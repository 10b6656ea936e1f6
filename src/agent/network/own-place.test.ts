import { setImmediate as settled } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { TailnetState } from '../../tailnet/tailnet.ts'
import { ownPlace } from './own-place.ts'

const ready = (...addresses: string[]): TailnetState => ({
  ...{ state: 'ready', hasMagicDns: true, peers: [] },
  self: { name: 'desk.tail1234.ts.net', addresses },
})
const OFF: TailnetState = { state: 'stopped', message: 'Off.' }

function standing(state: TailnetState) {
  const tailnet = { state, asked: 0, time: 0 }
  const status = (): Promise<TailnetState> => {
    tailnet.asked += 1
    return Promise.resolve(tailnet.state)
  }
  return { tailnet, place: ownPlace({ status }, () => tailnet.time) }
}

it('has the names that tailscaled says, and none when it is off', async () => {
  const { tailnet, place } = standing(ready('100.64.0.1'))
  await place.refresh()
  expect(place.names()).toEqual(['desk.tail1234.ts.net', 'desk'])
  tailnet.state = { state: 'failed', message: 'It did not answer.' }
  await place.refresh()
  expect(place.names()).toEqual(['desk.tail1234.ts.net', 'desk'])
  tailnet.state = OFF
  await place.refresh()
  expect(place.names()).toEqual([])
})

it('has no address of the range that another network gave out', async () => {
  const { tailnet, place } = standing(ready('100.64.0.1'))
  await place.refresh()
  expect(place.addressesAmong(['100.64.0.1', '100.64.0.50'])).toEqual(['100.64.0.1'])
  tailnet.state = OFF
  await place.refresh()
  expect(place.addressesAmong(['100.64.0.1', '100.64.0.50'])).toEqual([])
})

it('asks about an address that it does not know: at once where it is new, and now and then', async () => {
  const { tailnet, place } = standing(OFF)
  await place.refresh()
  expect(place.addressesAmong([])).toEqual([])
  expect(tailnet.asked).toBe(1)
  expect(place.addressesAmong(['100.64.0.1'])).toEqual([])
  await settled()
  expect(place.addressesAmong(['100.64.0.1'])).toEqual([])
  expect(tailnet.asked).toBe(2)
  tailnet.state = ready('100.64.0.1')
  tailnet.time = 5_001
  place.addressesAmong(['100.64.0.1'])
  await settled()
  expect(place.addressesAmong(['100.64.0.1'])).toEqual(['100.64.0.1'])
  expect(tailnet.asked).toBe(3)
})
