import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { agentContract } from '../../src/contract/agent/index.ts'
import { CLOSE, RPC_SUBPROTOCOL } from '../../src/contract/terminal/limits.ts'

export interface Certificate {
  key: string
  cert: string
}

/** What it trades every code for. */
export const STAND_IN_TOKEN = 'stand-in-token-stand-in-token'

/** A certificate for this computer that no authority vouches for. */
export async function selfSigned(): Promise<Certificate> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'berth-certificate-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert]
  await promisify(execFile)('openssl', ['req', '-x509', ...made, '-days', '2', '-subj', '/CN=localhost'])
  const certificate = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  await rm(folder, { recursive: true })
  return certificate
}

/**
 * What a client meets of an agent when it arrives (`/health`, `/pair`, `info`), of any version and with any certificate:
 * what a real one of this version cannot be.
 */
export class StandInAgent {
  protocol = '1.0'
  agentId = 'stand-in'
  /** Tokens that came, in order; a code that came is one too. */
  readonly secrets: string[] = []
  /** Whether it lets in who says no token. */
  needsToken = false
  /** Until when the answer to a code is held back. */
  pairing: Promise<void> = Promise.resolve()
  #server: http.Server | https.Server | undefined
  #port = 0
  readonly #host: string

  private constructor(host: string) {
    this.#host = host
  }

  /** Listens on `host`. */
  static async start(certificate?: Certificate, host = '127.0.0.1'): Promise<StandInAgent> {
    const agent = new StandInAgent(host)
    await agent.listen(certificate)
    return agent
  }

  get port(): number {
    return this.#port
  }

  /** Begins on the port that it had, where it had one. */
  async listen(certificate?: Certificate): Promise<void> {
    const answer: http.RequestListener = (request, response) => void this.#answer(request, response)
    const server = certificate === undefined ? http.createServer(answer) : https.createServer(certificate, answer)
    this.#takeCalls(server)
    server.listen(this.#port, this.#host)
    await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address !== null) this.#port = address.port
    this.#server = server
  }

  /** Ends every connection, and takes no more. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    const closed = new Promise((resolve) => server.close(resolve))
    this.#cut()
    server.closeAllConnections()
    await closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  #cut: () => void = () => undefined

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (request.url === '/health') {
      const version = { version: '9.9.9', protocol: this.protocol }
      response.end(JSON.stringify({ status: 'healthy', ...version, uptime: 1, docker: 'connected' }))
      return
    }
    let body = ''
    for await (const part of request) body += String(part)
    this.secrets.push(body)
    await this.pairing
    const client = { id: 'c', name: 'c', scope: 'operate', createdAt: new Date().toISOString() }
    response.end(JSON.stringify({ token: STAND_IN_TOKEN, client }))
  }

  #takeCalls(server: http.Server | https.Server): void {
    const os = implement(agentContract)
    const { protocol, agentId } = this
    const info = os.info.handler(() => ({
      ...{ agentId, hostname: 'stand-in', uptime: 1, workspacesCount: 0, dockerVersion: '' },
      ...{ terminalConnections: 0, version: '9.9.9', protocol, capabilities: [], templates: [], diagnostics: [] },
      engine: { status: 'ready', message: 'Ready.' } as const,
    }))
    const handler = new RPCHandler({ info })
    const sockets = new WebSocketServer({ server, handleProtocols: () => RPC_SUBPROTOCOL })
    sockets.on('connection', (socket, request) => {
      const said = request.headers['sec-websocket-protocol'] ?? ''
      this.secrets.push(said)
      socket.on('error', () => undefined)
      if (this.needsToken && !said.includes(STAND_IN_TOKEN)) {
        socket.close(CLOSE.unauthorized)
        return
      }
      void handler.upgrade(socket)
    })
    this.#cut = () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    }
  }
}
