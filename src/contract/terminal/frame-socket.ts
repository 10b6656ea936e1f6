/**
 * A two-way channel of whole messages, text or binary: a WebSocket or a MessagePort behind one face, so that the
 * terminal protocol is written once. Nothing is delivered before `listen`; `closed` is called once, last.
 */
export interface FrameSocket {
  send(message: string | Uint8Array): void
  /** Bytes handed to `send` that have not left this process; 0 where the channel cannot tell. */
  readonly bufferedBytes: number
  listen(handlers: FrameHandlers): void
  /** Stops and resumes delivery where the channel can; the peer is slowed by it. No-op elsewhere. */
  pause(): void
  resume(): void
  close(code: number, reason?: string): void
}

export interface FrameHandlers {
  message(message: string | Uint8Array): void
  closed(code: number, reason: string): void
}
