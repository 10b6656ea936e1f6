import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { createConnections } from './connections.ts'

let ports = 1024
class Connection extends EventEmitter {
  readonly remotePort = ++ports
  readonly localAddress = '100.64.0.1'
  readonly localPort = 7391
  readonly remoteAddress: string | undefined
  isEnded = false

  constructor(remoteAddress: string | undefined) {
    super()
    this.remoteAddress = remoteAddress
  }

  /** What the server has of the same connection where TLS is spoken. */
  get overTls(): Pick<Connection, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'> {
    const { remoteAddress, remotePort, localAddress, localPort } = this
    return { remoteAddress, remotePort, localAddress, localPort }
  }

  destroy(): this {
    if (!this.isEnded) {
      this.isEnded = true
      this.emit('close')
    }
    return this
  }
}

const come = (limits: Parameters<typeof createConnections>[0]) => {
  const connections = createConnections(limits)
  return {
    ...connections,
    from: (address: string | undefined): Connection => {
      const one = new Connection(address)
      connections.add(one)
      return one
    },
  }
}
const areEnded = (all: readonly Connection[]): boolean[] => all.map(({ isEnded }) => isEnded)

it('takes the place of a stranger’s oldest connection for whoever comes, and never that of a client', () => {
  const { from, recognise } = come({ perAddress: 3, strangers: 100 })
  const client = from('a')
  recognise(client.overTls)
  const strangers = [from('a'), from('a'), from('a'), from('a')]
  expect(areEnded([client, ...strangers])).toEqual([false, true, true, false, false])
})

it('refuses an address whose places are all taken by clients', () => {
  const { from, recognise } = come({ perAddress: 2, strangers: 100 })
  for (const one of [from('a'), from('a')]) recognise(one.overTls)
  expect(areEnded([from('a'), from('b')])).toEqual([true, false])
})

it('lets the address with most strangers pay for all, so that others keep the one that they have', () => {
  const { from } = come({ perAddress: 100, strangers: 4 })
  const quiet = from('quiet')
  const many = ['x', 'y', 'x', 'y', 'x', 'y', 'x'].map(from)
  expect(quiet.isEnded).toBe(false)
  expect(areEnded(many).filter(Boolean)).toHaveLength(4)
  expect(many.at(-1)?.isEnded).toBe(false)
})

it('gives places back, and counts nobody who comes over the socket of the folder', () => {
  const { from, recognise } = come({ perAddress: 1, strangers: 1 })
  const first = from('a')
  recognise(first.overTls)
  first.destroy()
  const second = from('a')
  second.destroy()
  const third = from('a')
  expect(areEnded([from(undefined), from(undefined), third])).toEqual([false, false, false])
})
