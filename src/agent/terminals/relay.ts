import type { Clock } from '../../client/clock.ts'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE, MAX_FRAME_BYTES, MAX_INPUT_MESSAGE_BYTES } from '../../contract/terminal/limits.ts'
import type { Pace } from './flood-pace.ts'
import type { DrainingFrames } from './socket-frames.ts'

/** Either a socket that tells when it has drained, or a channel that buffers nothing here (a MessagePort). */
export type RelayedFrames = FrameSocket & Partial<Pick<DrainingFrames, 'drained'>>

/** What may wait to leave on one side before the other is no longer read. */
const HIGH_WATER_BYTES = 262_144
/**
 * What a side may send to a client that cannot be waited for and says nothing meanwhile. Credits keep it within a mebibyte;
 * one that ignores them is let go before it fills the client.
 */
const MOST_UNANSWERED_BYTES = 8 * 1_048_576
const TOO_BIG = 1009
/** Close codes that have no frame of their own and cannot be passed on. */
const LOCAL_CODES: ReadonlySet<number> = new Set([1004, 1005, 1006, 1015])

export interface RelayOptions {
  client: RelayedFrames
  server: RelayedFrames
  /** What a client is told when the server's side broke without a word, so that it attaches again. */
  brokenCode: number
  /** How fast output may go beside what is typed elsewhere. */
  pace: Pace
  clock: Pick<Clock, 'schedule'>
  /** Called once, when both sides are closed. */
  ended(): void
}

/**
 * Carries every message of each side to the other as it is, and the end of one as the end of the other. A side that
 * cannot take more holds the other back, and so does the pace; messages larger than the contract allows end the relay.
 */
export function relayFrames({ client, server, brokenCode, pace, clock, ended }: RelayOptions): void {
  const fromServer = heldReading(server)
  const fromClient = heldReading(client)
  let unansweredBytes = 0
  let isResting = false
  let isEnded = false
  const rest = (ms: number): void => {
    isResting = true
    const release = fromServer.hold()
    clock.schedule(() => {
      isResting = false
      release()
    }, ms)
  }
  const end = (): void => {
    if (isEnded) return
    isEnded = true
    pace.leave()
    ended()
  }
  server.listen({
    message: (message) => {
      unansweredBytes += message.length
      if (client.drained === undefined && unansweredBytes > MOST_UNANSWERED_BYTES) {
        server.close(CLOSE.refused, 'More came than was asked for.')
        return
      }
      pass(message, { to: client, reading: fromServer })
      const restMs = pace.carried(message.length)
      if (restMs > 0 && !isResting) rest(restMs)
    },
    closed: (code, reason) => {
      client.close(LOCAL_CODES.has(code) ? brokenCode : code, reason)
      end()
    },
  })
  client.listen({
    message: (message) => {
      const limit = typeof message === 'string' ? MAX_FRAME_BYTES : MAX_INPUT_MESSAGE_BYTES
      if (message.length > limit) {
        client.close(TOO_BIG, 'The message is too large.')
        return
      }
      unansweredBytes = 0
      if (typeof message !== 'string') pace.typed()
      pass(message, { to: server, reading: fromClient })
    },
    closed: () => {
      server.close(1000)
      end()
    },
  })
}

function pass(message: string | Uint8Array, { to, reading }: { to: RelayedFrames; reading: HeldReading }): void {
  to.send(message)
  if (to.bufferedBytes > HIGH_WATER_BYTES && to.drained !== undefined) void to.drained().then(reading.hold())
}

/** Reading from one side, which goes on when nothing holds it any more. */
interface HeldReading {
  /** Holds it until the returned function is called, once. */
  hold(): () => void
}

function heldReading(side: FrameSocket): HeldReading {
  let holds = 0
  return {
    hold: () => {
      holds += 1
      if (holds === 1) side.pause()
      return () => {
        holds -= 1
        if (holds === 0) side.resume()
      }
    },
  }
}
