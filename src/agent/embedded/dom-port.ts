import type { PortLike } from '../../client/frames/port-frames.ts'
import type { TransferredPort } from './parent-port.ts'

/** A port of Electron in the shape of the DOM's, in which the frames of a terminal and of calls are written. */
export function asDomPort(port: TransferredPort): PortLike {
  return {
    addEventListener: (type: 'message' | 'close' | 'messageerror', listener: (event: { data: unknown }) => void) => {
      if (type === 'message') port.on('message', listener)
      // Electron's ports have no `messageerror`: what cannot be cloned throws where it is posted.
      else if (type === 'close') port.on('close', () => listener({ data: undefined }))
    },
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  }
}
