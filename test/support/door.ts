import { EventEmitter, once } from 'node:events'
import net from 'node:net'

/** A way to a server that somebody may stand before: connections wait, until it is opened. */
export class Door {
  readonly #server: net.Server
  readonly #host: string
  readonly #target: URL
  readonly #waiting = new Set<net.Socket>()
  readonly #knocks = new EventEmitter()
  #isOpen = false
  #wasKnocked = false

  private constructor(server: net.Server, host: string, target: URL) {
    this.#server = server
    this.#host = host
    this.#target = target
    server.on('connection', (socket) => {
      socket.on('error', () => undefined)
      if (this.#isOpen) this.#pass(socket)
      else this.#waiting.add(socket)
      this.#wasKnocked = true
      this.#knocks.emit('knock')
    })
  }

  static async start(host: string, target: URL): Promise<Door> {
    const server = net.createServer({ pauseOnConnect: true }).listen(0, host)
    await once(server, 'listening')
    return new Door(server, host, target)
  }

  /** Of the target, by this way. */
  get address(): string {
    const bound = this.#server.address()
    const address = new URL(this.#target)
    address.port = typeof bound === 'object' && bound !== null ? String(bound.port) : ''
    address.hostname = this.#host
    return address.href
  }

  /** Resolves when somebody has come. */
  async knocked(): Promise<void> {
    if (!this.#wasKnocked) await once(this.#knocks, 'knock')
  }

  open(): void {
    this.#isOpen = true
    for (const socket of this.#waiting) this.#pass(socket)
    this.#waiting.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#waiting) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #pass(socket: net.Socket): void {
    const onward = net.connect(Number(this.#target.port), this.#target.hostname)
    onward.on('error', () => socket.destroy())
    onward.on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    socket.pipe(onward)
    onward.pipe(socket)
  }
}
