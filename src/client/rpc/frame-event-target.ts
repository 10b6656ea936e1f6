import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { isAnswerMessage } from './answer-message.ts'

type Listeners = { [Type in keyof WebSocketEvents]: Set<(event: WebSocketEvents[Type]) => unknown> }

const OPEN = 1
const INVALID_PAYLOAD = 1007

/** An open frame socket in the shape of a WebSocket, as far as oRPC's link uses one. */
export class FrameEventTarget {
  /** Open to the last: oRPC throws, where nobody hears it, when it is to say something on a closed one. */
  readonly readyState = OPEN
  readonly #socket: FrameSocket
  readonly #listeners: Listeners = { open: new Set(), error: new Set(), message: new Set(), close: new Set() }

  constructor(socket: FrameSocket) {
    this.#socket = socket
  }

  /** Begins to deliver, once oRPC listens; `closed` is called after oRPC has let go of every call under way. */
  start(closed: (code: number, reason: string) => void): void {
    this.#socket.listen({
      message: (data) => this.#dispatch(data),
      closed: (code, reason) => {
        for (const listener of this.#listeners.close) listener({ type: 'close', code, reason })
        closed(code, reason)
      },
    })
  }

  addEventListener<Type extends keyof WebSocketEvents>(
    type: Type,
    listener: (event: WebSocketEvents[Type]) => void,
  ): void {
    this.#listeners[type].add(listener)
  }

  removeEventListener<Type extends keyof WebSocketEvents>(
    type: Type,
    listener: (event: WebSocketEvents[Type]) => void,
  ): void {
    this.#listeners[type].delete(listener)
  }

  send(data: string | ArrayBuffer | ArrayBufferView): void {
    if (typeof data === 'string') this.#socket.send(data)
    else if (data instanceof ArrayBuffer) this.#socket.send(new Uint8Array(data))
    else this.#socket.send(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }

  #dispatch(data: string | Uint8Array): void {
    if (isAnswerMessage(data)) for (const listener of this.#listeners.message) listener({ type: 'message', data })
    else this.#socket.close(INVALID_PAYLOAD, 'An answer that cannot be read.')
  }
}
