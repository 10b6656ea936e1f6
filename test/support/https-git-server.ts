import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import path from 'node:path'
import { runHere } from './git-repository.ts'

/** What the server does to the answers that hold the content of a repository. */
export type Trouble =
  | { kind: 'none' }
  | { kind: 'breaks_off'; afterBytes: number }
  | { kind: 'stalls'; afterBytes: number }

/** Git over HTTPS, with a certificate of an authority of its own: `git http-backend` behind a small server. */
export class HttpsGitServer {
  readonly #server: https.Server
  readonly #folder: string
  readonly #host: string
  /** Who may read: `user:token`. */
  login = 'x-access-token:a-token-for-the-test-server'
  trouble: Trouble = { kind: 'none' }
  /** Resolves when an answer has stalled or broken off. */
  readonly troubled: Promise<void>
  #hasTroubled = (): void => undefined

  private constructor(server: https.Server, folder: string, host: string) {
    this.#server = server
    this.#folder = folder
    this.#host = host
    this.troubled = new Promise((resolve) => {
      this.#hasTroubled = resolve
    })
    server.on('request', (request, response) => this.#answer(request, response))
  }

  /** Serves the bare repositories in `folder`. */
  static async start(folder: string, host: string): Promise<HttpsGitServer> {
    await makeCertificates(folder, host)
    const [key, cert] = await Promise.all(['tls.key', 'tls.crt'].map((name) => readFile(path.join(folder, name))))
    const server = https.createServer({ key, cert })
    server.listen(0, host)
    await once(server, 'listening')
    return new HttpsGitServer(server, folder, host)
  }

  /** Name and port, as `GH_HOST` has them. */
  get host(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('It does not listen.')
    return `${this.#host}:${address.port}`
  }

  addressOf(name: string): string {
    return `https://${this.host}/${name}.git`
  }

  /** The certificate of the authority. */
  authority(): Promise<string> {
    return readFile(path.join(this.#folder, 'ca.crt'), 'utf8')
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [, given = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? []
    if (Buffer.from(given, 'base64').toString() !== this.login) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end()
      return
    }
    const url = new URL(request.url ?? '/', 'https://test')
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: this.#folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    request.pipe(backend.stdin)
    backend.stdin.on('error', () => undefined)
    response.on('close', () => backend.kill())
    this.#relay(backend.stdout, response).catch(() => response.destroy())
  }

  /** Passes on what a CGI program says: its headers, then the body, with the trouble that is asked for. */
  async #relay(output: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
    let head = Buffer.alloc(0)
    let sent = 0
    for await (const chunk of output) {
      let body = chunk
      if (!response.headersSent) {
        head = Buffer.concat([head, chunk])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) continue
        writeHead(response, head.subarray(0, end).toString('latin1'))
        body = head.subarray(end + 4)
      }
      const { trouble } = this
      if (trouble.kind !== 'none' && sent + body.length > trouble.afterBytes) {
        response.write(body.subarray(0, trouble.afterBytes - sent))
        if (trouble.kind === 'breaks_off') response.destroy()
        this.#hasTroubled()
        return
      }
      sent += body.length
      if (!response.write(body)) await once(response, 'drain')
    }
    response.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

function writeHead(response: ServerResponse, head: string): void {
  const headers: Record<string, string> = {}
  let status = 200
  for (const line of head.split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10)
    else headers[name] = value
  }
  response.writeHead(status, headers)
}

async function makeCertificates(folder: string, host: string): Promise<void> {
  const at = (name: string): string => path.join(folder, name)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await runHere(
    'openssl',
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
    '-subj',
    '/CN=Test CA',
  )
  await runHere('openssl', 'req', '-new', ...key, '-keyout', at('tls.key'), '-out', at('tls.csr'), '-subj', '/CN=git')
  await writeFile(at('tls.ext'), `subjectAltName=IP:${host}\n`)
  const sign = ['x509', '-req', '-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2']
  await runHere('openssl', ...sign, '-in', at('tls.csr'), '-out', at('tls.crt'), '-extfile', at('tls.ext'))
}
