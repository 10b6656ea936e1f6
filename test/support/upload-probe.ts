import { once } from 'node:events'
import WebSocket from 'ws'
import { UPLOAD_PIECE_BYTES, UPLOAD_SUBPROTOCOL } from '../../src/contract/upload/limits.ts'
import { UploadAnswer, type UploadRequest } from '../../src/contract/upload/messages.ts'

/** Where a runtime answers, or an agent, which takes files for a workspace at a path of its own. */
export interface UploadPlace {
  url: string
  token: string
  path?: string
}

/** One connection of `berth.upload.1`, message by message, for tests that do what no client of ours does. */
export class UploadProbe {
  readonly socket: WebSocket
  readonly answers: UploadAnswer[] = []
  /** Code of the close, once there was one. */
  closed: number | undefined
  readonly #waiting = new Set<() => void>()

  private constructor(socket: WebSocket) {
    this.socket = socket
    const wake = (): void => {
      for (const look of this.#waiting) look()
    }
    socket.on('message', (data: Buffer) => {
      this.answers.push(UploadAnswer.parse(JSON.parse(data.toString('utf8'))))
      wake()
    })
    socket.on('close', (code) => {
      this.closed = code
      wake()
    })
    socket.on('error', () => undefined)
  }

  static async connect({ url, token, path = '/api/v1/uploads' }: UploadPlace): Promise<UploadProbe> {
    const headers = { authorization: `Bearer ${token}` }
    const probe = new UploadProbe(new WebSocket(url.replace('http', 'ws') + path, UPLOAD_SUBPROTOCOL, { headers }))
    await once(probe.socket, 'open')
    return probe
  }

  /** Asks for a file to be taken, and waits until it is, or is refused. */
  static async begin(place: UploadPlace, request: Omit<UploadRequest, 'type'>): Promise<UploadProbe> {
    const probe = await UploadProbe.connect(place)
    probe.socket.send(JSON.stringify({ type: 'upload', ...request }))
    await probe.until(() => probe.answers.length > 0)
    return probe
  }

  /** Brings a whole file; resolves with where it is. */
  static async upload(
    place: UploadPlace,
    request: { name: string; terminal?: string },
    bytes: Buffer,
  ): Promise<string> {
    const probe = await UploadProbe.begin(place, { ...request, size: bytes.length })
    probe.send(bytes)
    await probe.until(() => probe.last?.type === 'done')
    return probe.last?.type === 'done' ? probe.last.path : ''
  }

  get last(): UploadAnswer | undefined {
    return this.answers.at(-1)
  }

  get taken(): number {
    return this.answers.reduce((most, answer) => (answer.type === 'taken' ? answer.offset : most), 0)
  }

  /** Sends bytes in pieces as they are allowed to be, without regard to the window. */
  send(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += UPLOAD_PIECE_BYTES)
      this.socket.send(bytes.subarray(at, at + UPLOAD_PIECE_BYTES))
  }

  /** Resolves once `isReached`; rejects when the connection closed without it. */
  until(isReached: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (isReached()) resolve()
        else if (this.closed === undefined) return
        else reject(new Error(`Closed (${this.closed}) before it came: ${JSON.stringify(this.last)}`))
        this.#waiting.delete(look)
      }
      this.#waiting.add(look)
      look()
    })
  }

  untilClosed(): Promise<void> {
    return this.until(() => this.closed !== undefined)
  }
}
