import type { MessagePortMain } from 'electron'
import { PeerMessage, PeerRequest } from '../../contract/peer-message.ts'

/** No call of the desktop contract is near this long. */
const MAX_MESSAGE_CHARS = 65_536

/** The port of a screen as oRPC's handler takes it. What is not a call closes the port, and reaches nobody. */
export interface CallPort {
  on(event: string, listener: (event?: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

export function callPort(port: MessagePortMain): CallPort {
  return {
    on: (event, listener) => {
      if (event === 'message') {
        port.on('message', ({ data }: { data: unknown }) => {
          if (isCall(data)) listener({ data })
          else port.close()
        })
      } else if (event === 'close') port.on('close', () => listener())
    },
    postMessage: (message) => port.postMessage(message),
  }
}

/** Whether `data` is a message that oRPC can read; what its procedure asks of the input is checked after that. */
export function isCall(data: unknown): boolean {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE_CHARS) return false
  try {
    const message = PeerMessage.parse(JSON.parse(data))
    return (message.t ?? 1) !== 1 || PeerRequest.safeParse(message.p).success
  } catch {
    // Neither JSON nor a message: the two ways in which it is not a call.
    return false
  }
}
