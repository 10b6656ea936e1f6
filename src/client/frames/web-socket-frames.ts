import type { FrameHandlers, FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { LinkError } from '../link-error.ts'
import { FrameInbox } from './frame-inbox.ts'

/** What is used of a WebSocket: the browser's, or one of Node's `ws`, with `binaryType` set to `arraybuffer`. */
export interface SocketLike {
  readonly bufferedAmount: number
  readonly protocol: string
  readonly readyState: number
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  /** Browsers have neither. */
  pause?(): void
  resume?(): void
}

const OPEN = 1
const ABNORMAL_CLOSURE = 1006

/** What a page may close a WebSocket with; other codes are for servers, and browsers throw on them. */
const isCodeForClients = (code: number): boolean => code === 1000 || (code >= 3000 && code <= 4999)

/** The frames of a WebSocket. A close by this side is reported at once: the peer may be gone and never answer it. */
export class WebSocketFrames implements FrameSocket {
  /** Resolves when the socket is open; rejects with `LinkError` (`unreachable`) when it closes before that. */
  readonly opened: Promise<void>
  readonly #socket: SocketLike
  readonly #inbox = new FrameInbox()

  constructor(socket: SocketLike) {
    this.#socket = socket
    this.opened = new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('close', () => reject(new LinkError('unreachable', 'The worker did not answer.')))
    })
    this.opened.catch(() => undefined)
    socket.addEventListener('message', (event) => this.#received(event.data))
    socket.addEventListener('close', (event) => this.#inbox.close(event.code, event.reason))
    // A `close` follows every `error`, and says all that is told.
    socket.addEventListener('error', () => undefined)
  }

  get protocol(): string {
    return this.#socket.protocol
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount
  }

  send(message: string | Uint8Array): void {
    if (this.#inbox.isClosed || this.#socket.readyState !== OPEN) return
    this.#socket.send(typeof message === 'string' ? message : new Uint8Array(message))
  }

  listen(handlers: FrameHandlers): void {
    this.#inbox.listen(handlers)
  }

  pause(): void {
    this.#socket.pause?.()
  }

  resume(): void {
    this.#socket.resume?.()
  }

  close(code: number, reason = ''): void {
    if (this.#inbox.isClosed) return
    this.#socket.close(isCodeForClients(code) ? code : undefined, isCodeForClients(code) ? reason : undefined)
    this.#inbox.close(code, reason)
  }

  #received(data: unknown): void {
    if (typeof data === 'string') this.#inbox.message(data)
    else if (data instanceof ArrayBuffer) this.#inbox.message(new Uint8Array(data))
    else if (data instanceof Uint8Array) this.#inbox.message(data)
    else this.close(ABNORMAL_CLOSURE, 'A message of an unknown kind.')
  }
}

/** Waits until `frames` are open. Rejects with `LinkError`; when `signal` aborts, the socket is closed too. */
export async function whenOpen(frames: WebSocketFrames, signal: AbortSignal): Promise<void> {
  const abandon = (): void => frames.close(1000)
  signal.addEventListener('abort', abandon, { once: true })
  try {
    if (signal.aborted) abandon()
    await frames.opened
    signal.throwIfAborted()
  } finally {
    signal.removeEventListener('abort', abandon)
  }
}
