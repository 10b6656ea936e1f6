import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'

/** `frames`, which takes nothing until `opened`: what is sent before waits here, and goes in order. */
export function openingFrames(frames: FrameSocket, opened: Promise<void>): FrameSocket {
  let waiting: (string | Uint8Array)[] | undefined = []
  void opened.then(() => {
    for (const message of waiting ?? []) frames.send(message)
    waiting = undefined
  })
  return {
    get bufferedBytes() {
      return frames.bufferedBytes + (waiting ?? []).reduce((sum, { length }) => sum + length, 0)
    },
    send: (message) => {
      if (waiting === undefined) frames.send(message)
      else waiting.push(message)
    },
    listen: (handlers) => frames.listen(handlers),
    pause: () => frames.pause(),
    resume: () => frames.resume(),
    close: (code, reason) => frames.close(code, reason),
  }
}
