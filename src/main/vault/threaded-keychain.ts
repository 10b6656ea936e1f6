import { Worker } from 'node:worker_threads'
import { type Keychain, KeychainUnavailable } from './keychain.ts'
import { type KeychainCall, KeychainReply } from './keychain-messages.ts'

interface Waiting {
  resolve(text: string | undefined): void
  reject(error: KeychainUnavailable): void
}

type Question = KeychainCall extends infer Call ? (Call extends KeychainCall ? Omit<Call, 'id'> : never) : never

/** The keychain behind a thread of its own, which starts with the first call. */
export class ThreadedKeychain implements Keychain {
  readonly #program: string
  readonly #waiting = new Map<number, Waiting>()
  readonly #settling: (() => void)[] = []
  #thread: Worker | undefined
  #lastId = 0

  /** `program`: the built `keychain-thread`. */
  constructor(program: string) {
    this.#program = program
  }

  /**
   * Settles when no answer is awaited. That may take as long as a person looks at the question for a password; until then
   * nothing ends the thread, and the app would wait for it.
   */
  settled(): Promise<void> {
    return this.#waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#settling.push(resolve))
  }

  read(account: string): Promise<string | undefined> {
    return this.#ask({ verb: 'read', account })
  }

  async write(account: string, text: string): Promise<void> {
    await this.#ask({ verb: 'write', account, text })
  }

  async remove(account: string): Promise<void> {
    await this.#ask({ verb: 'remove', account })
  }

  #ask(question: Question): Promise<string | undefined> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#thread ??= this.#start()
      this.#thread.postMessage({ id, ...question })
    })
  }

  #start(): Worker {
    const thread = new Worker(this.#program)
    thread.unref()
    thread.on('message', (message: unknown) => this.#heard(message))
    // Its binding is not for this system, or crashed: the next call starts another.
    thread.on('error', (error: unknown) => this.#ended(error instanceof Error ? error.message : String(error)))
    thread.on('exit', () => this.#ended('The thread of the keychain ended.'))
    return thread
  }

  #heard(message: unknown): void {
    const reply = KeychainReply.parse(message)
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.ok) waiting?.resolve(reply.text)
    else waiting?.reject(new KeychainUnavailable(reply.trouble, reply.message))
    this.#settleIfIdle()
  }

  #ended(reason: string): void {
    this.#thread = undefined
    const left = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of left) reject(new KeychainUnavailable('failed', reason))
    this.#settleIfIdle()
  }

  #settleIfIdle(): void {
    if (this.#waiting.size > 0) return
    for (const settle of this.#settling.splice(0)) settle()
  }
}
