import http from 'node:http'
import net from 'node:net'
import { WebSocket } from 'ws'

export interface RawAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

export interface RawRequest {
  method?: string
  path: string
  headers?: http.OutgoingHttpHeaders
  body?: string | Uint8Array
  /** The address of this computer that it comes from. */
  from?: string
}

/** One request to `url` with exactly these headers and this path, which `fetch` would mend. */
export function request(
  url: string,
  { method = 'GET', path, headers = {}, body, from }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      {
        ...{ hostname, port, method, path, headers, agent: false },
        ...(from === undefined ? {} : { localAddress: from }),
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        })
        response.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export interface SocketEnd {
  /** The close code; 0 where the handshake was refused. */
  code: number
  /** The status that refused the handshake. */
  status: number
  protocol: string
}

export interface RawSocket {
  path: string
  protocols?: string[]
  headers?: Record<string, string>
  /** Sent once it is open. */
  messages?: (string | Uint8Array)[]
}

/** Opens a WebSocket, sends, and waits for its end. */
export function socketEnd(
  url: string,
  { path, protocols = [], headers = {}, messages = [] }: RawSocket,
): Promise<SocketEnd> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws') + path, protocols, { headers })
    let status = 101
    socket.on('unexpected-response', (_request, response) => {
      status = response.statusCode ?? 0
      response.resume()
      resolve({ code: 0, status, protocol: '' })
      socket.terminate()
    })
    socket.on('open', () => {
      for (const message of messages) socket.send(message)
    })
    socket.on('error', () => undefined)
    socket.on('close', (code) => resolve({ code, status, protocol: socket.protocol }))
  })
}

/** What answers to raw bytes on a connection, until it closes. */
export function rawExchange(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname)
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')))
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve('') : reject(error)))
    socket.write(bytes, 'latin1')
  })
}
