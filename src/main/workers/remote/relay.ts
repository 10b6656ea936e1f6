import type { FrameSocket } from '../../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../../contract/terminal/limits.ts'

/**
 * Neither a port nor a WebSocket of a page can be told to wait; credits of the protocols keep each way within a mebibyte. A
 * side that goes far beyond that does not keep to them, and is let go before it fills this process.
 */
const MAX_WAITING_BYTES = 8 * 1_048_576

export interface RelayOptions {
  /** Whether what the worker sends is bounded too while the screen says nothing. Not for calls: their answers have no credits. */
  isCredited: boolean
  ended: () => void
}

/** Passes every message between a screen's port and a worker's socket, as it is, until either ends; the other hears the same code. */
export function relay(port: FrameSocket, worker: FrameSocket, { isCredited, ended }: RelayOptions): void {
  let unansweredBytes = 0
  port.listen({
    message: (message) => {
      unansweredBytes = 0
      worker.send(message)
      if (worker.bufferedBytes > MAX_WAITING_BYTES) worker.close(CLOSE.stalled, 'The worker reads too slowly.')
    },
    closed: (code, reason) => worker.close(code, reason),
  })
  worker.listen({
    message: (message) => {
      port.send(message)
      unansweredBytes += message.length
      if (isCredited && unansweredBytes > MAX_WAITING_BYTES)
        worker.close(CLOSE.refused, 'More came than was asked for.')
    },
    closed: (code, reason) => {
      port.close(code, reason)
      ended()
    },
  })
}
