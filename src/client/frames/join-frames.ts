import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'

/** Passes every message of each side on to the other, in order, and the end of one as the end of the other. */
export function joinFrames(left: FrameSocket, right: FrameSocket): void {
  left.listen({
    message: (message) => right.send(message),
    closed: (code, reason) => right.close(code, reason),
  })
  right.listen({
    message: (message) => left.send(message),
    closed: (code, reason) => left.close(code, reason),
  })
}
