import { Socket } from 'node:net'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { TailnetUser } from '../../tailnet/tailnet.ts'
import { tailnetUsers } from './tailnet-users.ts'

const ME: TailnetUser = { login: 'me@example.com', user: 'Me', node: 'laptop.tail1234.ts.net' }

/** A connection from `address` to this computer, both of a tailnet. */
function from(address: string): { socket: Socket } {
  const ends = { remoteAddress: address, remotePort: 49_152, localAddress: '100.64.0.1' }
  return { socket: Object.defineProperties(new Socket(), mapped(ends)) }
}

const mapped = (values: object): PropertyDescriptorMap =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))

function usersOf(whois: (address: string) => Promise<TailnetUser | undefined>) {
  const time = { now: 1_000 }
  const users = tailnetUsers({
    tailnet: { whois },
    users: () => ({ 'me@example.com': 'operate' }),
    ownAddresses: () => ['100.64.0.1'],
    log: pino({ enabled: false }),
    now: () => time.now,
  })
  return { users, time }
}

it('tells who is not known now from who is nobody, and asks again at the next attempt', async () => {
  const answers: (() => Promise<TailnetUser | undefined>)[] = [
    () => Promise.reject(new Error('tailscaled does not answer')),
    () => Promise.resolve(ME),
  ]
  const asked: string[] = []
  const { users } = usersOf((address) => {
    asked.push(address)
    return answers.shift()?.() ?? Promise.resolve(undefined)
  })
  expect(await users.identify(from('100.64.0.7'))).toBe('not known now')
  expect(users.list()).toEqual([])
  expect(await users.identify(from('100.64.0.7'))).toMatchObject({ kind: 'tailnet', name: 'me@example.com' })
  expect(await users.identify(from('100.64.0.8'))).toBeUndefined()
  expect(asked).toEqual(['100.64.0.7:49152', '100.64.0.7:49152', '100.64.0.8:49152'])
})

it('asks once for those that come together, and believes an answer for five seconds', async () => {
  let asked = 0
  const { users, time } = usersOf(() => {
    asked += 1
    return Promise.resolve(ME)
  })
  const come = () => Promise.all([users.identify(from('100.64.0.7')), users.identify(from('100.64.0.7'))])
  await come()
  time.now += 4_999
  await come()
  expect(asked).toBe(1)
  time.now += 1
  await come()
  expect(asked).toBe(2)
})
