import { expect, it } from 'vitest'
import type { TailnetState } from './tailnet.ts'
import { vouchByTailnet } from './vouch.ts'

const READY: TailnetState = {
  state: 'ready',
  hasMagicDns: true,
  self: { name: 'desk.tail1234.ts.net', addresses: ['100.64.0.1', 'fd7a:115c:a1e0::1'] },
  peers: [
    {
      ...{ name: 'tower.tail1234.ts.net', label: 'tower', os: 'linux', isOnline: false },
      addresses: ['100.64.0.2', 'fd7a:115c:a1e0::2'],
    },
  ],
}

/** Tailscale that is as `state` has it, and counts how often it is asked. */
function standing(first: TailnetState) {
  const tailnet = { state: first, asked: 0, time: 0 }
  const status = (): Promise<TailnetState> => {
    tailnet.asked += 1
    return Promise.resolve(tailnet.state)
  }
  const vouchFor = vouchByTailnet({ status }, () => tailnet.time)
  const from = async (localAddress: string, remoteAddress: string): Promise<string | true> => {
    const vouching = await vouchFor({ localAddress, remoteAddress })
    return vouching.isVouchedFor ? true : `${vouching.message} ${vouching.hint}`
  }
  return { tailnet, from }
}

it.each([
  ['100.64.0.1', '100.64.0.2'],
  ['fd7a:115c:a1e0::1', 'fd7a:115c:a1e0::2'],
  ['::ffff:100.64.0.1', '::ffff:100.64.0.2'],
  ['100.64.0.1', '100.64.0.1'],
])('from its own address %s to a computer that it knows, %s, it is the tailnet', async (local, remote) => {
  expect(await standing(READY).from(local, remote)).toBe(true)
})

it.each([
  // A network that gives out addresses of the range: this end's, or the other one's.
  ['100.64.0.50', '100.64.0.2'],
  ['100.64.0.1', '100.64.0.99'],
  ['100.64.0.50', '100.64.0.99'],
  ['100.64.0.2', '100.64.0.2'],
  ['', ''],
])('from %s to %s it is not, for Tailscale knows nothing of it', async (local, remote) => {
  expect(await standing(READY).from(local, remote)).toMatch(/Tailscale does not know .*ssh:\/\//)
})

it.each(['absent', 'stopped', 'signed_out', 'unapproved', 'failed'] as const)(
  'it is not while Tailscale is %s',
  async (state) => {
    const { from } = standing({ state, message: 'So it is with it.' })
    expect(await from('100.64.0.1', '100.64.0.2')).toMatch(/So it is with it\. .*tailscale up/)
  },
)

it('is asked once for what opens together, and again when that is a moment ago', async () => {
  const { tailnet, from } = standing(READY)
  const many = Array.from({ length: 12 }, () => from('100.64.0.1', '100.64.0.2'))
  expect(new Set(await Promise.all(many))).toEqual(new Set([true]))
  expect([await from('100.64.0.1', '100.64.0.2'), tailnet.asked]).toEqual([true, 1])
  tailnet.state = { state: 'stopped', message: 'Off.' }
  tailnet.time = 2_000
  expect([typeof (await from('100.64.0.1', '100.64.0.2')), tailnet.asked]).toEqual(['string', 2])
})

it('finds a computer that has just come, and a tailnet that is just up', async () => {
  const { tailnet, from } = standing(READY)
  expect(await from('100.64.0.1', '100.64.0.2')).toBe(true)
  const [tower] = READY.peers
  if (tower === undefined) throw new Error('There is no tower.')
  tailnet.state = { ...READY, peers: [...READY.peers, { ...tower, addresses: ['100.64.0.3'] }] }
  expect(await from('100.64.0.1', '100.64.0.3')).toBe(true)
  const other = standing({ state: 'stopped', message: 'Off.' })
  await other.from('100.64.0.1', '100.64.0.2')
  other.tailnet.state = READY
  expect(await other.from('100.64.0.1', '100.64.0.2')).toBe(true)
})
