import type { PortLike } from './port-frames.ts'

/** A port as Electron hands it to main and to a utility process. */
export interface TransferredPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start(): void
  close(): void
}

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
