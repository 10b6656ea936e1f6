import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { UPLOAD_WINDOW_BYTES } from '../../contract/upload/limits.ts'
import { UploadRefusal } from './upload-refusal.ts'

/** Beyond any client that keeps to its window, so that only one that ignores it is refused. */
const MOST_WAITING_BYTES = 2 * UPLOAD_WINDOW_BYTES
/** Messages cost more than their bytes. */
const MOST_WAITING = 4096

/** The channel ended before all had come. */
export class ChannelEnded extends Error {
  override readonly name = 'ChannelEnded'
}

/** What comes over a channel, to be taken piece by piece. */
export class FrameQueue {
  private readonly waiting: (string | Uint8Array)[] = []
  private waitingBytes = 0
  private end: Error | undefined
  private wake: () => void = () => undefined

  constructor(socket: FrameSocket) {
    socket.listen({
      message: (message) => {
        this.waiting.push(message)
        this.waitingBytes += message.length
        if (this.waitingBytes > MOST_WAITING_BYTES || this.waiting.length > MOST_WAITING)
          this.fail(new UploadRefusal('TOO_MANY_REQUESTS', 'More came than was asked for.'))
        this.wake()
      },
      closed: () => {
        this.fail(new ChannelEnded())
      },
    })
  }

  /** Lets whoever waits know that nothing more will be taken. */
  fail(error: Error): void {
    this.end ??= error
    this.wake()
  }

  /** The next message. Throws `ChannelEnded`, or `UploadRefusal`, after `silenceMs` without one too. */
  async next(silenceMs: number): Promise<string | Uint8Array> {
    const timer = setTimeout(() => {
      this.fail(new UploadRefusal('TIMEOUT', `Nothing came for ${silenceMs / 1000} seconds.`))
    }, silenceMs)
    try {
      while (this.waiting.length === 0 && this.end === undefined) {
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
      }
    } finally {
      clearTimeout(timer)
    }
    if (this.end !== undefined) throw this.end
    const message = this.waiting.shift() ?? ''
    this.waitingBytes -= message.length
    return message
  }
}
