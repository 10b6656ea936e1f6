import type { FrameSocket } from '../../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../../contract/terminal/limits.ts'

/** What a message takes in memory beside its bytes. */
export const MESSAGE_COST_BYTES = 32

/** The same channel, which closes when more than `maxBytes` come between two messages of this side. */
export function creditedFrames(socket: FrameSocket, maxBytes: number): FrameSocket {
  let leftBytes = maxBytes
  return {
    get bufferedBytes() {
      return socket.bufferedBytes
    },
    send: (message) => {
      leftBytes = maxBytes
      socket.send(message)
    },
    listen: ({ message: deliver, closed }) =>
      socket.listen({
        message: (message) => {
          leftBytes -= message.length + MESSAGE_COST_BYTES
          if (leftBytes < 0) socket.close(CLOSE.refused, 'More came than was asked for.')
          else deliver(message)
        },
        closed,
      }),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: (code, reason) => socket.close(code, reason),
  }
}
