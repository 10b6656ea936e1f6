import { type Clock, systemClock } from '../../../client/clock.ts'
import type { FrameSocket } from '../../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../../contract/terminal/limits.ts'
import { creditedFrames, MESSAGE_COST_BYTES } from './credited-frames.ts'

/**
 * Neither a port nor a WebSocket of a page can be told to wait; credits of the protocols keep each way within a mebibyte. A
 * side that goes far beyond that does not keep to them, and is let go before it fills this process.
 */
const MAX_WAITING_BYTES = 8 * 1_048_576
/**
 * What calls may answer with in a second: their answers have no credits, and the screen that reads them serves every other worker
 * too. The largest single answer fits; what comes faster waits with the worker.
 */
const ANSWER_BYTES_PER_SECOND = 16 * 1_048_576
const SECOND_MS = 1_000

export interface RelayOptions {
  /** Whether the protocol has credits of its own, so that a worker that goes beyond them errs. Calls have none, and are slowed. */
  isCredited: boolean
  ended: () => void
  clock?: Clock
}

/** Passes every message between a screen's port and a worker's socket, as it is, until either ends; the other hears the same code. */
export function relay(port: FrameSocket, worker: FrameSocket, options: RelayOptions): void {
  const { isCredited, ended, clock = systemClock } = options
  const bounded = isCredited ? creditedFrames(worker, MAX_WAITING_BYTES) : worker
  const pace = isCredited ? undefined : paced(worker, clock)
  port.listen({
    message: (message) => {
      bounded.send(message)
      if (worker.bufferedBytes > MAX_WAITING_BYTES) worker.close(CLOSE.stalled, 'The worker reads too slowly.')
    },
    closed: (code, reason) => worker.close(code, reason),
  })
  bounded.listen({
    message: (message) => {
      port.send(message)
      pace?.passed(message.length)
    },
    closed: (code, reason) => {
      pace?.end()
      port.close(code, reason)
      ended()
    },
  })
}

interface Pace {
  passed(bytes: number): void
  end(): void
}

/** Pauses `worker` for the rest of a second in which more has come than fits in one. */
function paced(worker: FrameSocket, clock: Clock): Pace {
  let [leftBytes, since] = [ANSWER_BYTES_PER_SECOND, clock.now()]
  let cancel: (() => void) | undefined
  const goOn = (): void => {
    cancel = undefined
    worker.resume()
  }
  return {
    passed: (bytes) => {
      const age = clock.now() - since
      // A clock that was set back begins a second anew.
      if (age >= SECOND_MS || age < 0) [leftBytes, since] = [ANSWER_BYTES_PER_SECOND, clock.now()]
      leftBytes -= bytes + MESSAGE_COST_BYTES
      if (leftBytes > 0 || cancel !== undefined) return
      worker.pause()
      cancel = clock.schedule(goOn, Math.max(1, since + SECOND_MS - clock.now()))
    },
    end: () => cancel?.(),
  }
}
