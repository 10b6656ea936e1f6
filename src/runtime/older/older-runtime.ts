import { request } from 'node:http'
import WebSocket from 'ws'
import { RuntimeActivity, RuntimeEvent, RuntimeTerminals } from '../../contract/runtime/api.ts'
import type { FrameSocket } from '../../contract/terminal/frame-socket.ts'
import { MAX_FRAME_BYTES, TERMINAL_SUBPROTOCOL } from '../../contract/terminal/limits.ts'
import type { TerminalRecord } from '../../contract/terminal/terminal.ts'
import { webSocketFrames } from '../api/web-socket-frames.ts'
import { openingFrames } from './opening-frames.ts'

const CALL_LIMIT_MS = 5_000
const MAX_ANSWER_BYTES = 1_048_576

export interface OlderEvents {
  /** Its terminals are others than before. */
  changed(): void
  active(idleMs: number): void
}

/** A runtime that has handed over and goes on with the terminals that it had, as this one reaches it. */
export class OlderRuntime {
  /** What it had when it was asked last. */
  latest: readonly TerminalRecord[] = []
  private readonly path: string
  private readonly headers: { authorization: string }
  private readonly channels = new Set<WebSocket>()
  /** Of all that it had when it first answered: it makes none. */
  ids: ReadonlySet<string> | undefined

  /** `path` is that of its socket. */
  constructor(path: string, token: string) {
    this.path = path
    this.headers = { authorization: `Bearer ${token}` }
  }

  /** Whether it has the terminal, or had it: it knows best what became of one. Undefined until it has answered. */
  has(terminal: string): boolean | undefined {
    return this.ids?.has(terminal)
  }

  /** Holds a channel to it, for as long as both live or until `signal`; calls `reached` once it has answered. Never rejects. */
  follow(events: OlderEvents, { signal, reached }: { signal: AbortSignal; reached(): void }): Promise<void> {
    const socket = this.dial('/api/v1/ws')
    const leave = (): void => socket.terminate()
    signal.addEventListener('abort', leave)
    socket.on('message', (data: Buffer) => {
      const event = readEvent(data)
      if (event?.type === 'activity') events.active(event.idleMs)
      if (event?.type === 'terminals_changed') this.list().then(() => events.changed(), leave)
    })
    socket.once('open', () => {
      this.list().then(reached, leave)
    })
    return new Promise((resolve) => {
      // `close` follows, and is what counts.
      socket.on('error', () => undefined)
      socket.once('close', () => {
        signal.removeEventListener('abort', leave)
        resolve()
      })
      if (signal.aborted) leave()
    })
  }

  async list(): Promise<readonly TerminalRecord[]> {
    const { text } = await this.call('GET', '/api/v1/terminals')
    this.latest = RuntimeTerminals.parse(JSON.parse(text))
    this.ids ??= new Set(this.latest.map(({ id }) => id))
    return this.latest
  }

  async activity(): Promise<RuntimeActivity> {
    const { text } = await this.call('GET', '/api/v1/activity')
    return RuntimeActivity.parse(JSON.parse(text))
  }

  /** Ends a terminal, or renames it. False where it is not there any more. */
  async change(method: 'DELETE' | 'PATCH', terminal: string, body?: unknown): Promise<boolean> {
    const { status } = await this.call(method, `/api/v1/terminals/${terminal}`, body)
    return status < 400
  }

  /** A channel to its terminals; what is sent before it is open waits for that. */
  channel(): FrameSocket {
    const socket = this.dial('/api/v1/terminals', TERMINAL_SUBPROTOCOL)
    this.channels.add(socket)
    socket.once('close', () => this.channels.delete(socket))
    const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()))
    return openingFrames(webSocketFrames(socket), opened)
  }

  /** Breaks all channels to its terminals. */
  letGo(): void {
    for (const socket of this.channels) socket.terminate()
  }

  private dial(path: string, protocol?: string): WebSocket {
    return new WebSocket(`ws+unix:${this.path}:${path}`, protocol === undefined ? [] : [protocol], {
      headers: this.headers,
      handshakeTimeout: CALL_LIMIT_MS,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    })
  }

  private call(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(CALL_LIMIT_MS)
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = text === undefined ? this.headers : { ...this.headers, 'content-length': Buffer.byteLength(text) }
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: this.path, method, path, headers, signal, agent: false }, (response) => {
        let answer = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          answer += part
          if (answer.length > MAX_ANSWER_BYTES) asked.destroy(new Error('too long'))
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: answer }))
        response.on('error', reject)
      })
      asked.on('error', reject)
      asked.end(text)
    })
  }
}

function readEvent(data: Buffer): RuntimeEvent | undefined {
  try {
    return RuntimeEvent.safeParse(JSON.parse(data.toString('utf8'))).data
  } catch {
    return undefined
  }
}
