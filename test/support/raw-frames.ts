import { createHash } from 'node:crypto'
import type http from 'node:http'
import type { Duplex } from 'node:stream'

/** A WebSocket of a server that keeps to nothing but what it is told to. */
export interface RawChannel {
  socket: Duplex
  urlPath: string
  /** Calls `said` with what the client sends, as text. */
  hear(said: (text: string) => void): void
}

/** One frame of a server: unmasked. */
export function frame(payload: string | Buffer, { opcode = 1, isLast = true } = {}): Buffer {
  const bytes = Buffer.from(payload)
  const head = Buffer.alloc(bytes.length < 126 ? 2 : 10)
  head[0] = (isLast ? 0x80 : 0) | opcode
  head[1] = bytes.length < 126 ? bytes.length : 127
  if (bytes.length >= 126) head.writeBigUInt64BE(BigInt(bytes.length), 2)
  return Buffer.concat([head, bytes])
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Takes an upgrade as RFC 6455 has it; the frames of the client are read as far as tests need: text below 64 KiB. */
export function accept(request: http.IncomingMessage, socket: Duplex): RawChannel {
  const proof = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64')
  const [protocol] = (request.headers['sec-websocket-protocol'] ?? '').split(',')
  const lines = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: upgrade']
  socket.write([...lines, `sec-websocket-accept: ${proof}`, `sec-websocket-protocol: ${protocol}`, '', ''].join('\r\n'))
  const hear = (said: (text: string) => void): void => {
    let rest = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      for (let read = unmasked(rest); read !== undefined; read = unmasked(rest)) {
        rest = rest.subarray(read.length)
        if (read.opcode === 1) said(read.text)
      }
    })
  }
  return { socket, urlPath: request.url ?? '', hear }
}

function unmasked(bytes: Buffer): { opcode: number; text: string; length: number } | undefined {
  if (bytes.length < 6) return undefined
  const isLong = ((bytes[1] ?? 0) & 0x7f) === 126
  const start = isLong ? 8 : 6
  const size = isLong ? bytes.readUInt16BE(2) : (bytes[1] ?? 0) & 0x7f
  if (bytes.length < start + size) return undefined
  const mask = bytes.subarray(start - 4, start)
  const payload = bytes.subarray(start, start + size).map((byte, at) => byte ^ (mask[at % 4] ?? 0))
  return { opcode: (bytes[0] ?? 0) & 0xf, text: Buffer.from(payload).toString(), length: start + size }
}
