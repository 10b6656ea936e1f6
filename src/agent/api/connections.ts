import type { Socket } from 'node:net'

/** Connections of one address. */
const MOST_PER_ADDRESS = 512
/** Connections of all who have not shown who they are. What shows it at once has a place for as long as it takes. */
const MOST_STRANGERS = 512

/** What is used of a socket; those of TLS have the same ends as what they travel over. */
export type Connected = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>

interface Ending {
  destroy(): unknown
}

/** The connections of the network face, so that those of nobody in particular never keep out those of clients. */
export interface Connections {
  /** Counts a connection until it closes. Where there are too many, one that has not shown who it is from ends. */
  add(socket: Connected & Ending & { once(event: 'close', listener: () => void): unknown }): void
  /** Says that a client sends requests over it: it keeps its place. */
  recognise(socket: Connected): void
}

export interface ConnectionLimits {
  perAddress?: number
  strangers?: number
}

interface OfAddress {
  /** By their ends, in the order in which they came. */
  strangers: Map<string, Ending>
  clients: Set<string>
}

/**
 * A stranger's place is his for as long as nobody else needs one: the address with most of them gives up its oldest. So whoever comes and
 * shows a token is in, however many connections others hold open, and from however many addresses.
 */
export function createConnections({
  perAddress = MOST_PER_ADDRESS,
  strangers: mostStrangers = MOST_STRANGERS,
}: ConnectionLimits = {}): Connections {
  const addresses = new Map<string, OfAddress>()
  let strangers = 0

  const endOldest = (of: OfAddress | undefined): boolean => {
    const [oldest] = of?.strangers ?? []
    if (of === undefined || oldest === undefined) return false
    const [ends, socket] = oldest
    of.strangers.delete(ends)
    strangers -= 1
    socket.destroy()
    return true
  }
  const withMostStrangers = (): OfAddress | undefined => {
    let most: OfAddress | undefined
    for (const one of addresses.values()) if (one.strangers.size > (most?.strangers.size ?? 0)) most = one
    return most
  }
  const forget = (address: string, ends: string): void => {
    const of = addresses.get(address)
    if (of === undefined) return
    if (of.strangers.delete(ends)) strangers -= 1
    of.clients.delete(ends)
    if (of.strangers.size + of.clients.size === 0) addresses.delete(address)
  }

  return {
    add: (socket) => {
      const { remoteAddress: address } = socket
      if (address === undefined) return
      const ends = endsOf(socket)
      const of = addresses.get(address) ?? { strangers: new Map(), clients: new Set() }
      const isFull = of.strangers.size + of.clients.size >= perAddress
      if (isFull && !endOldest(of)) {
        socket.destroy()
        return
      }
      addresses.set(address, of)
      of.strangers.set(ends, socket)
      strangers += 1
      socket.once('close', () => forget(address, ends))
      if (strangers > mostStrangers) endOldest(withMostStrangers())
    },
    recognise: (socket) => {
      const of = addresses.get(socket.remoteAddress ?? '')
      const ends = endsOf(socket)
      if (of?.strangers.delete(ends) !== true) return
      strangers -= 1
      of.clients.add(ends)
    },
  }
}

function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Connected): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`
}
