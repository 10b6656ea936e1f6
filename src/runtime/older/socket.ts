import { createHmac } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { HAND_OVER_PREFIX, HAND_OVER_SOCKET } from '../../contract/runtime/hand-over.ts'
import { livingHolder, ownMark } from '../terminals/holder.ts'

/** Name of the socket at which this runtime goes on once it has handed over. */
export function ownSocketName(): string {
  return `${ownMark()}${HAND_OVER_SOCKET}`
}

/** What is asked for at the socket of this name. */
export function socketToken(token: string, socketName: string): string {
  return createHmac('sha256', token).update(`${HAND_OVER_PREFIX}${socketName}`).digest('hex')
}

/** Names of the sockets in `folder`, of runtimes that live and of those that were killed. */
export function findSockets(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(HAND_OVER_SOCKET))
}

/** Names of the sockets of all other runtimes that live and have something in `folder`: one that is about to end may have none any more. */
export function socketsOfOthers(folder: string): string[] {
  const holders = new Set(readdirSync(folder).flatMap((name) => livingHolder(name) ?? []))
  holders.delete(ownMark())
  return [...holders].map((mark) => `${mark}${HAND_OVER_SOCKET}`)
}
