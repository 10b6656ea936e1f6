import type { WebSocket } from 'ws'
import { FrameInbox } from '../../client/frames/frame-inbox.ts'
import type { FrameHandlers, FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'

/** How long a peer has to answer a close before its connection is cut. */
const CLOSE_WAIT_MS = 2_000
/** A peer that answers no ping until the next has gone without a word. */
const PING_EVERY_MS = 20_000
/**
 * What may wait to leave for one peer when more is sent; beyond it the peer is let go. One message may be larger than
 * that: no peer can have read it before it was sent. Whoever sends much waits for `drained`.
 */
const MAX_BUFFERED_BYTES = 8_388_608
/** Below this the peer keeps up again. */
const DRAINED_BYTES = 262_144

/** A frame socket that tells when what was sent has left. */
export interface DrainingFrames extends FrameSocket {
  /** Resolves when little waits to leave, and when the socket has closed. */
  drained(): Promise<void>
}

/**
 * A WebSocket of `ws`, server's or client's, as a `FrameSocket`. Nothing is read from the network before `listen`; a
 * peer that vanished is noticed within two pings; one that reads too slowly is closed and never buffered without bound.
 */
export class SocketFrames implements DrainingFrames {
  /** Resolves when the socket has closed, by either side. */
  readonly ended: Promise<void>
  readonly #socket: WebSocket
  readonly #inbox = new FrameInbox()
  readonly #waiting = new Set<() => void>()
  readonly #pulse: NodeJS.Timeout
  #isAnswered = true

  constructor(socket: WebSocket) {
    this.#socket = socket
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.pause()
    socket.on('message', (data, isBinary) => this.#inbox.message(isBinary ? bytesOf(data) : textOf(data)))
    socket.on('pong', () => {
      this.#isAnswered = true
    })
    socket.on('error', () => {
      // `close` follows, with the code that says why.
    })
    socket.once('close', (code, reason) => this.#closed(code, reason.toString('utf8')))
    this.#pulse = setInterval(() => this.#ping(), PING_EVERY_MS)
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount
  }

  send(message: string | Uint8Array): void {
    if (this.#inbox.isClosed || this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#socket.terminate()
      this.#closed(CLOSE.stalled, 'The peer reads too slowly.')
      return
    }
    this.#socket.send(message, () => this.#wake())
  }

  drained(): Promise<void> {
    if (this.#inbox.isClosed || this.#socket.bufferedAmount <= DRAINED_BYTES) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.add(resolve))
  }

  listen(handlers: FrameHandlers): void {
    this.#inbox.listen(handlers)
    this.resume()
  }

  pause(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  close(code: number, reason = ''): void {
    if (this.#inbox.isClosed) return
    // A paused socket would never hear the peer's answer.
    this.#socket.resume()
    this.#socket.close(code, clip(reason))
    const timer = setTimeout(() => this.#socket.terminate(), CLOSE_WAIT_MS)
    this.#socket.once('close', () => clearTimeout(timer))
    this.#closed(code, reason)
  }

  #ping(): void {
    if (!this.#isAnswered) this.#socket.terminate()
    this.#isAnswered = this.#socket.isPaused
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping()
  }

  #wake(): void {
    if (!this.#inbox.isClosed && this.#socket.bufferedAmount > DRAINED_BYTES) return
    for (const resolve of [...this.#waiting]) resolve()
    this.#waiting.clear()
  }

  #closed(code: number, reason: string): void {
    clearInterval(this.#pulse)
    this.#inbox.close(code, reason)
    this.#wake()
  }
}

/** A close frame holds 123 bytes of reason (RFC 6455, 5.5). */
function clip(reason: string): string {
  return Buffer.from(reason)
    .subarray(0, 120)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
}

function textOf(data: WebSocket.RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(bytesOf(data)).toString('utf8')
}

function bytesOf(data: WebSocket.RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
