import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { UPLOAD_PIECE_BYTES, UPLOAD_WINDOW_BYTES } from '../../contract/upload/limits.ts'
import { UploadAnswer, type UploadRequest } from '../../contract/upload/messages.ts'
import { LinkError } from '../link-error.ts'
import type { UploadFile } from '../worker-client.ts'
import { UploadError } from './upload-error.ts'

/** What is said on the way out, where it is the client that leaves. */
const LEFT = 1000

/** Sends one file over a channel that is open, and closes that. As `WorkspaceFiles.upload`. */
export async function sendFile(socket: FrameSocket, file: UploadFile, signal: AbortSignal): Promise<{ path: string }> {
  const channel = new UploadChannel(socket, (taken) => file.onProgress?.(taken))
  const cancel = (): void => channel.fail(signal.reason)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    if (signal.aborted) cancel()
    const { name, size } = file.source
    const { terminal } = file
    await channel.begin({ type: 'upload', name, size, ...(terminal === undefined ? {} : { terminal }) })
    await sendBytes(channel, file.source)
    return { path: await channel.path() }
  } finally {
    signal.removeEventListener('abort', cancel)
    socket.close(LEFT)
  }
}

async function sendBytes(channel: UploadChannel, source: UploadFile['source']): Promise<void> {
  const reader = source.stream().getReader()
  try {
    for (;;) {
      const reading = reader.read().catch((cause: unknown) => {
        throw new UploadError('UNREADABLE', `“${source.name}” could not be read.`, { cause })
      })
      const { value } = await Promise.race([reading, channel.failed])
      if (value === undefined) break
      if (channel.sent + value.length > source.size) throw changed(source)
      for (let at = 0; at < value.length; at += UPLOAD_PIECE_BYTES) {
        await channel.send(value.subarray(at, at + UPLOAD_PIECE_BYTES))
      }
    }
  } finally {
    // What is left of it is of no use to anybody; a stream that cannot be cancelled is over.
    reader.cancel().catch(() => undefined)
  }
  if (channel.sent !== source.size) throw changed(source)
}

function changed({ name }: UploadFile['source']): UploadError {
  return new UploadError('CHANGED', `“${name}” changed while it was read.`, { hint: 'Try again.' })
}

/** One upload as its channel tells it. */
class UploadChannel {
  /** Rejects when the upload has failed. */
  readonly failed: Promise<never>
  sent = 0
  readonly #socket: FrameSocket
  readonly #onTaken: (offset: number) => void
  #isReady = false
  #taken = 0
  #path: string | undefined
  #hasFailed = false
  #reject: (reason: unknown) => void = () => undefined
  #wake: () => void = () => undefined

  constructor(socket: FrameSocket, onTaken: (offset: number) => void) {
    this.#socket = socket
    this.#onTaken = onTaken
    this.failed = new Promise((_resolve, reject) => {
      this.#reject = reject
    })
    // It may fail while nobody waits.
    this.failed.catch(() => undefined)
    socket.listen({
      message: (message) => this.#told(message),
      closed: () => this.fail(new LinkError('unreachable', 'The connection broke off; nothing of the file was kept.')),
    })
  }

  /** Resolves when bytes may be sent. */
  async begin(request: UploadRequest): Promise<void> {
    this.#socket.send(JSON.stringify(request))
    await this.#until(() => this.#isReady)
  }

  /** Sends a piece as soon as the window has room for it. */
  async send(piece: Uint8Array): Promise<void> {
    await this.#until(() => this.sent + piece.length - this.#taken <= UPLOAD_WINDOW_BYTES)
    this.#socket.send(piece)
    this.sent += piece.length
  }

  /** Resolves with the path of the file when that is there. */
  async path(): Promise<string> {
    await this.#until(() => this.#path !== undefined)
    return this.#path ?? ''
  }

  fail(reason: unknown): void {
    this.#hasFailed = true
    this.#reject(reason)
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      const told = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      await Promise.race([told, this.failed])
    }
    // A file that is there is there, whatever became of the channel since.
    if (this.#hasFailed && this.#path === undefined) await this.failed
  }

  #told(message: string | Uint8Array): void {
    const answer = typeof message === 'string' ? UploadAnswer.safeParse(parseJson(message)).data : undefined
    if (answer?.type === 'ready') this.#isReady = true
    else if (answer?.type === 'done') this.#path = answer.path
    else if (answer?.type === 'error') this.fail(new UploadError(answer.code, answer.message, { hint: answer.hint }))
    else if (answer?.type === 'taken') {
      this.#taken = answer.offset
      this.#onTaken(answer.offset)
    }
    this.#wake()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
