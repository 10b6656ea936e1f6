import { expect, it } from 'vitest'
import { watchNetwork } from './network-change.ts'

const at = (...addresses: string[]) => ({
  eth0: addresses.map((address) => ({
    ...{ address, netmask: '', mac: '', internal: false, cidr: null, family: 'IPv4' as const },
  })),
})

it('tells of other addresses, and not of the same in another order', () => {
  let now = at('10.0.0.1', '100.64.0.1')
  let look: () => void = () => undefined
  let changes = 0
  watchNetwork({
    interfaces: () => now,
    every: (given) => {
      look = given
      return () => undefined
    },
    changed: () => {
      changes += 1
    },
  })
  look()
  now = at('100.64.0.1', '10.0.0.1')
  look()
  expect(changes).toBe(0)
  now = at('10.0.0.1')
  look()
  look()
  expect(changes).toBe(1)
})
