import { PortClose } from '../../contract/desktop/index.ts'
import type { FrameHandlers, FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { FrameInbox } from './frame-inbox.ts'

/** What is used of a DOM MessagePort. */
export interface PortLike {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close' | 'messageerror', listener: () => void): void
  postMessage(message: unknown): void
  start(): void
  close(): void
}

const ABNORMAL_CLOSURE = 1006
const UNSUPPORTED_DATA = 1003

/**
 * The frames of a MessagePort: strings are text, `Uint8Array`s bytes. A port has no close codes, so the side that closes
 * posts a `PortClose` last; a port whose other end went without one closes with 1006.
 */
export class PortFrames implements FrameSocket {
  readonly #port: PortLike
  readonly #inbox = new FrameInbox()

  constructor(port: PortLike) {
    this.#port = port
    port.addEventListener('message', (event) => this.#received(event.data))
    port.addEventListener('messageerror', () => this.close(UNSUPPORTED_DATA, 'A message could not be read.'))
    port.addEventListener('close', () => this.#inbox.close(ABNORMAL_CLOSURE, ''))
  }

  /** A port cannot tell; the terminal's credits bound what is under way. */
  readonly bufferedBytes = 0

  send(message: string | Uint8Array): void {
    if (this.#inbox.isClosed) return
    this.#port.postMessage(typeof message === 'string' ? message : whole(message))
  }

  listen(handlers: FrameHandlers): void {
    this.#inbox.listen(handlers)
    this.#port.start()
  }

  pause(): void {
    // A port cannot be paused.
  }

  resume(): void {
    // It never was paused.
  }

  close(code: number, reason = ''): void {
    if (this.#inbox.isClosed) return
    this.#port.postMessage({ type: 'port-close', code, reason } satisfies PortClose)
    this.#port.close()
    this.#inbox.close(code, reason)
  }

  #received(data: unknown): void {
    if (typeof data === 'string' || data instanceof Uint8Array) {
      this.#inbox.message(data)
      return
    }
    const close = PortClose.safeParse(data)
    this.#port.close()
    if (close.success) this.#inbox.close(close.data.code, close.data.reason)
    else this.#inbox.close(UNSUPPORTED_DATA, 'A message of an unknown kind.')
  }
}

/** A view that owns all of its memory: cloning a part would carry the rest of its buffer along. */
export function whole(bytes: Uint8Array): Uint8Array {
  const ownsAll = bytes.constructor === Uint8Array && bytes.byteLength === bytes.buffer.byteLength
  return ownsAll ? bytes : new Uint8Array(bytes)
}
