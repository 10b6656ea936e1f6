import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { ENGINE_SOCKET } from './engine-socket.ts'

/** A call that goes by, and what a test may do to it. */
export interface PassingCall {
  method: string
  path: string
  /** `before` it reaches the engine, or `after` the engine answered and before the answer is passed on. */
  moment: 'before' | 'after'
}

/** Called for each; the call (or its answer) goes on when the promise settles, and never when it does not. */
export type Watcher = (call: PassingCall) => Promise<void> | undefined

/** A socket in front of the real engine's: a test sees every call, and may hold, count, refuse, or cut. */
export class EngineProxy {
  readonly calls: string[] = []
  watcher: Watcher | undefined
  /** Asked of each call that `watcher` let pass: the message of an error that answers it in the engine's place. */
  refusal: ((call: Omit<PassingCall, 'moment'>) => string | undefined) | undefined
  readonly #folder: string
  readonly #server: net.Server
  readonly #sockets = new Set<net.Socket>()
  readonly #leaving = new Set<(path: string) => void>()

  private constructor(folder: string, target: string) {
    this.#folder = folder
    this.#server = net.createServer({ allowHalfOpen: true }, (client) => this.#join(client, target))
  }

  static async start(target = ENGINE_SOCKET): Promise<EngineProxy> {
    const proxy = new EngineProxy(await mkdtemp(path.join(os.tmpdir(), 'berth-proxy-')), target)
    await proxy.listen()
    return proxy
  }

  get socketPath(): string {
    return path.join(this.#folder, 'engine.sock')
  }

  /** What an agent's environment needs to use it. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, DOCKER_HOST: `unix://${this.socketPath}` }
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.socketPath, () => resolve())
    })
  }

  /** As when the engine ends: nothing is answered any more, the socket is gone. */
  async cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.cut()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Settles when the agent leaves a call whose path holds `part`, before or after its answer. */
  left(part: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (path: string): void => {
        if (!path.includes(part)) return
        this.#leaving.delete(look)
        resolve()
      }
      this.#leaving.add(look)
    })
  }

  #join(client: net.Socket, target: string): void {
    const engine = net.connect({ path: target, allowHalfOpen: true })
    for (const socket of [client, engine]) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        client.destroy()
        engine.destroy()
      })
    }
    let current: Omit<PassingCall, 'moment'> | undefined
    let last = ''
    client.on('close', () => {
      for (const look of this.#leaving) look(last)
    })
    relay(client, engine, async (chunk) => {
      const head = /^(GET|POST|PUT|DELETE|HEAD) (\S+) HTTP\/1\.1\r\n/.exec(chunk.subarray(0, 4096).toString('latin1'))
      if (head === null) return 'passed'
      current = { method: head[1] ?? '', path: decodeURIComponent(head[2] ?? '') }
      last = current.path
      this.calls.push(`${current.method} ${current.path}`)
      await this.watcher?.({ ...current, moment: 'before' })
      const message = this.refusal?.(current)
      if (message === undefined) return 'passed'
      client.end(errorAnswer(message))
      return 'refused'
    })
    relay(engine, client, async () => {
      const answered = current
      current = undefined
      if (answered !== undefined) await this.watcher?.({ ...answered, moment: 'after' })
      return 'passed'
    })
  }
}

function errorAnswer(message: string): string {
  const body = JSON.stringify({ message })
  const head = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close']
  return ['HTTP/1.1 500 Internal Server Error', ...head, '', body].join('\r\n')
}

/** Passes bytes on in order, each chunk when `look` has settled, except for those that it refused. */
function relay(from: net.Socket, to: net.Socket, look: (chunk: Buffer) => Promise<'passed' | 'refused'>): void {
  let chain = Promise.resolve()
  from.on('data', (chunk: Buffer) => {
    from.pause()
    chain = chain.then(async () => {
      const fate = await look(chunk)
      if (fate === 'passed' && !to.write(chunk)) await new Promise((resolve) => to.once('drain', resolve))
      from.resume()
    })
  })
  from.on('end', () => {
    chain = chain.then(() => void to.end())
  })
}
