import type { WebSocket } from 'ws'
import { systemClock } from '../../client/clock.ts'
import { FrameInbox } from '../../client/frames/frame-inbox.ts'
import type { FrameHandlers, FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { CLOSE } from '../../contract/terminal/limits.ts'
import { afterAllSent } from '../../terminals/after-all-sent.ts'
import { type PeerWatch, watchPeer } from './watch-peer.ts'

/** How long a peer has to answer a close before its connection is cut. */
const CLOSE_WAIT_MS = 2_000
/** A peer that is silent for this long, pings and all, has gone without a word. */
const SILENCE_MS = 40_000
/**
 * As above, of whoever is at a terminal: who has gone still has a part in its size, and answers nothing that programs ask. On a
 * link that brings less than `ACK_EVERY_BYTES` in this time, a client that is there is let go too, and comes back.
 */
export const VIEWER_SILENCE_MS = 10_000
/**
 * What may wait to leave for one peer when more is sent; beyond it the peer is let go. One message may be larger than
 * that: no peer can have read it before it was sent. Whoever sends much waits for `drained`.
 */
const MAX_BUFFERED_BYTES = 8_388_608
/** Below this the peer keeps up again. */
const DRAINED_BYTES = 65_536

/** A frame socket that tells when what was sent has left. */
export interface DrainingFrames extends FrameSocket {
  /** Resolves when little waits to leave, and when the socket has closed. */
  drained(): Promise<void>
}

/**
 * A WebSocket of `ws`, server's or client's, as a `FrameSocket`. Nothing is read from the network before `listen`; a
 * peer that vanished is noticed within `silenceMs`; one that reads too slowly is closed and never buffered without bound.
 */
export class SocketFrames implements DrainingFrames {
  /** Resolves when the socket has closed, by either side. */
  readonly ended: Promise<void>
  readonly #socket: WebSocket
  readonly #inbox = new FrameInbox()
  readonly #waiting = new Set<() => void>()
  readonly #watch: PeerWatch
  #sentBytes = 0
  /** Set while a close waits for the peer to have taken what was sent before. */
  #closeNow: (() => void) | undefined

  constructor(socket: WebSocket, silenceMs = SILENCE_MS) {
    this.#socket = socket
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.pause()
    socket.on('message', (data, isBinary) => {
      this.#watch.heard()
      this.#inbox.message(isBinary ? bytesOf(data) : textOf(data))
    })
    socket.on('pong', () => this.#watch.heard())
    socket.on('error', () => {
      // `close` follows, with the code that says why.
    })
    socket.once('close', (code, reason) => this.#closed(code, reason.toString('utf8')))
    this.#watch = watchPeer({
      clock: systemClock,
      silenceMs,
      ask: () => {
        if (socket.readyState === socket.OPEN) socket.ping()
      },
      isDeaf: () => socket.isPaused,
      gone: () => socket.terminate(),
    })
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
    this.#sentBytes += message.length
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

  /** What was sent comes before the end that a peer is owed, however slowly it takes that; a second call waits for it no longer. */
  close(code: number, reason = ''): void {
    if (this.#inbox.isClosed) {
      this.#closeNow?.()
      return
    }
    // A paused socket would never hear the peer's answer.
    this.#socket.resume()
    this.#inbox.close(code, reason)
    this.#wake()
    this.#closeNow = afterAllSent(this.#socket, { code, sentBytes: this.#sentBytes }, () => {
      this.#socket.close(code, clip(reason))
      const timer = setTimeout(() => this.#socket.terminate(), CLOSE_WAIT_MS)
      this.#socket.once('close', () => clearTimeout(timer))
    })
  }

  #wake(): void {
    if (!this.#inbox.isClosed && this.#socket.bufferedAmount > DRAINED_BYTES) return
    for (const resolve of [...this.#waiting]) resolve()
    this.#waiting.clear()
  }

  #closed(code: number, reason: string): void {
    this.#watch.stop()
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
