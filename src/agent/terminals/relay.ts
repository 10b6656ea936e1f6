import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { MAX_FRAME_BYTES, MAX_INPUT_MESSAGE_BYTES } from '../../contract/terminal/limits.ts'
import type { DrainingFrames } from './socket-frames.ts'

/** Either a socket that tells when it has drained, or a channel that buffers nothing here (a MessagePort). */
export type RelayedFrames = FrameSocket & Partial<Pick<DrainingFrames, 'drained'>>

/** What may wait to leave on one side before the other is no longer read. */
const HIGH_WATER_BYTES = 1_048_576
const TOO_BIG = 1009
/** Close codes that have no frame of their own and cannot be passed on. */
const LOCAL_CODES: ReadonlySet<number> = new Set([1004, 1005, 1006, 1015])

export interface RelayOptions {
  client: RelayedFrames
  server: RelayedFrames
  /** What a client is told when the server's side broke without a word, so that it attaches again. */
  brokenCode: number
  /** Called once, when both sides are closed. */
  ended(): void
}

/**
 * Carries every message of each side to the other as it is, and the end of one as the end of the other. A side that
 * cannot take more holds the other back; messages larger than the contract allows end the relay.
 */
export function relayFrames({ client, server, brokenCode, ended }: RelayOptions): void {
  let isEnded = false
  const end = (): void => {
    if (!isEnded) ended()
    isEnded = true
  }
  server.listen({
    message: (message) => pass(message, { from: server, to: client }),
    closed: (code, reason) => {
      client.close(LOCAL_CODES.has(code) ? brokenCode : code, reason)
      end()
    },
  })
  client.listen({
    message: (message) => {
      const limit = typeof message === 'string' ? MAX_FRAME_BYTES : MAX_INPUT_MESSAGE_BYTES
      if (message.length <= limit) pass(message, { from: client, to: server })
      else client.close(TOO_BIG, 'The message is too large.')
    },
    closed: () => {
      server.close(1000)
      end()
    },
  })
}

function pass(message: string | Uint8Array, { from, to }: { from: RelayedFrames; to: RelayedFrames }): void {
  to.send(message)
  if (to.bufferedBytes <= HIGH_WATER_BYTES || to.drained === undefined) return
  from.pause()
  void to.drained().then(() => from.resume())
}
