import type { FrameHandlers, FrameSocket } from '../contract/terminal/frame-socket.ts'
import { CLOSE } from '../contract/terminal/limits.ts'

/** Far more input than the protocol lets a client have under way: who has so much waiting does not keep to it. */
const MAX_WAITING_BYTES = 8_388_608
/** Codes that no side may send: the other one broke without a word. */
const LOCAL_CODES: ReadonlySet<number> = new Set([1005, 1006, 1015])

/**
 * Carries every message between `client` and `holder`, who has its terminal, as it is, and the end of one as the end of the
 * other. What waits for the client is bounded by its window, which the holder keeps. The result takes what comes from the
 * client.
 */
export function passOn(client: FrameSocket, holder: FrameSocket): FrameHandlers {
  holder.listen({
    message: (message) => client.send(message),
    closed: (code, reason) => client.close(LOCAL_CODES.has(code) ? CLOSE.tryAgain : code, reason),
  })
  return {
    message: (message) => {
      if (holder.bufferedBytes > MAX_WAITING_BYTES) client.close(CLOSE.refused, 'Messages come too fast.')
      else holder.send(message)
    },
    closed: () => holder.close(CLOSE.exited),
  }
}
