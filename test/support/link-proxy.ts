import { once } from 'node:events'
import net from 'node:net'

type Way = 'up' | 'down'

/**
 * A network link to a port of this computer, as bad as a test wants it: slow, cut, or silent in one direction or both while
 * every connection looks alive. `up` is towards the server.
 */
export class LinkProxy {
  /** How long every byte takes, each way. */
  delayMs = 0
  readonly #silent = new Set<Way>()
  readonly #server: net.Server
  readonly #sockets = new Set<net.Socket>()
  #refuses = false

  private constructor(targetPort: () => number) {
    this.#server = net.createServer({ allowHalfOpen: true }, (client) => this.#join(client, targetPort()))
  }

  /** `targetPort` is asked at each connection: a server may come back on another one. */
  static async start(targetPort: () => number): Promise<LinkProxy> {
    const proxy = new LinkProxy(targetPort)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.')
    return address.port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#sockets.size / 2
  }

  /** From now on swallows what goes these ways, of connections that exist and of new ones. They stay open. */
  silence(...ways: Way[]): void {
    for (const way of ways) this.#silent.add(way)
  }

  /** Breaks every connection, and refuses new ones until `mend`. */
  cut(): void {
    this.#refuses = true
    for (const socket of this.#sockets) socket.destroy()
  }

  /**
   * A good link again for new connections. Those that lost bytes in silence stay silent, as after a change of address: both
   * ends may hold them for alive.
   */
  mend(): void {
    this.#refuses = false
    this.#silent.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #join(client: net.Socket, port: number): void {
    if (this.#refuses) {
      client.destroy()
      return
    }
    const server = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const lost = new Set<Way>()
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        // An end that says goodbye is not heard over a silent link.
        if (lost.size > 0) return
        client.destroy()
        server.destroy()
      })
    }
    this.#relay({ from: client, to: server, way: 'up', lost })
    this.#relay({ from: server, to: client, way: 'down', lost })
  }

  #relay({ from, to, way, lost }: { from: net.Socket; to: net.Socket; way: Way; lost: Set<Way> }): void {
    let chain = Promise.resolve()
    const later = (act: () => void): void => {
      const due = Date.now() + this.delayMs
      chain = chain.then(async () => {
        const left = due - Date.now()
        if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
        if (!lost.has(way)) act()
      })
    }
    from.on('data', (chunk: Buffer) => {
      if (this.#silent.has(way)) lost.add(way)
      later(() => {
        if (to.writable && !to.write(chunk)) {
          from.pause()
          to.once('drain', () => from.resume())
        }
      })
    })
    from.on('end', () => later(() => void to.end()))
  }
}
