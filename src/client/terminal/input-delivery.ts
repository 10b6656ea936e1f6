import type { OpenTerminal } from '../worker-client.ts'
import { createInputQueue } from './input-queue.ts'
import type { TerminalChannel } from './terminal-channel.ts'

type Channel = Pick<TerminalChannel, 'isAttached' | 'say'>

/** Brings what is typed to the terminal over all connections, each key once, and tells what waits. */
export class InputDelivery {
  readonly #queue = createInputQueue()
  readonly #options: Pick<OpenTerminal, 'onUnsent' | 'onInputTaken'>
  readonly #channel: () => Channel | undefined

  constructor(options: Pick<OpenTerminal, 'onUnsent' | 'onInputTaken'>, channel: () => Channel | undefined) {
    this.#options = options
    this.#channel = channel
  }

  /** Bytes that the terminal has not taken. */
  get heldBytes(): number {
    return this.#queue.heldBytes
  }

  write(bytes: Uint8Array): void {
    this.#queue.push(bytes)
    this.flush()
  }

  /** Sends what may be sent; nothing while nobody is attached. */
  flush(): void {
    const channel = this.#channel()
    if (channel?.isAttached !== true) return
    for (let next = this.#queue.next(); next !== undefined; next = this.#queue.next()) channel.say(next)
  }

  /** A new connection, at whose end all before `offset` has come. False when that cannot be. */
  attached(offset: number): boolean {
    return this.#queue.resumeAt(offset)
  }

  /** What the terminal has not got after a time without a link may be meant for another prompt: whoever typed it decides. */
  offerUnsent(downSince: number | undefined): void {
    if (downSince === undefined || this.heldBytes === 0) return
    this.#options.onUnsent?.(downSince, () => this.#queue.takeBack())
  }

  /** The terminal took everything before `offset`. False when it cannot have: the peer errs. */
  taken(offset: number): boolean {
    if (!this.#queue.acknowledge(offset)) return false
    this.flush()
    this.#options.onInputTaken?.(this.heldBytes)
    return true
  }
}
