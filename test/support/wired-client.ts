import { systemClock } from '../../src/client/clock.ts'
import { LinkError } from '../../src/client/link-error.ts'
import { createTerminalClient } from '../../src/client/terminal/terminal-client.ts'
import type { TerminalClient, TerminalState } from '../../src/client/worker-client.ts'
import type { FrameSocket } from '../../src/contract/terminal/frame-socket.ts'
import type { WireCut } from './wire.ts'

export interface WiredClientOptions {
  /** Its id. */
  terminal: string
  connect(cut: WireCut): FrameSocket
  /** Of its connections, in order; those after the last are not cut. */
  cuts: WireCut[]
  cols: number
  rows: number
}

/** A client with what it has seen, and a parser that can be made to stand still. */
export class WiredClient {
  readonly states: TerminalState[] = []
  readonly client: TerminalClient
  readonly written: number[] = []
  gapBytes = 0
  connections = 0
  isStalled = false
  /** Reaches nobody. */
  isCutOff = false
  readonly #seen: Uint8Array[] = []
  readonly #toAnswer: Uint8Array[] = []
  readonly #unparsed: (() => void)[] = []
  #socket: FrameSocket | undefined

  constructor({ terminal, connect, cuts, cols, rows }: WiredClientOptions) {
    this.client = createTerminalClient(
      {
        ...{ workspace: 'alpha', terminal, create: {}, cols, rows },
        onOutput: (bytes, parsed, isAnswered) => {
          this.#seen.push(bytes)
          if (!isAnswered) this.#toAnswer.push(bytes)
          if (this.isStalled) this.#unparsed.push(parsed)
          else queueMicrotask(parsed)
        },
        onState: (state) => this.states.push(state),
        onGap: (bytes) => {
          this.gapBytes += bytes
        },
      },
      {
        open: async () => {
          if (this.isCutOff) throw new LinkError('unreachable', 'Nobody answers.')
          this.connections += 1
          this.#socket = connect(cuts.shift() ?? { downBytes: Infinity, upBytes: Infinity })
          return this.#socket
        },
        ...{ clock: systemClock, random: () => 0.5, ended: () => undefined },
      },
    )
  }

  get seen(): Buffer {
    return Buffer.concat(this.#seen)
  }

  /** What of it is for this client to answer. */
  get toAnswer(): Buffer {
    return Buffer.concat(this.#toAnswer)
  }

  type(bytes: Uint8Array): void {
    this.written.push(...bytes)
    this.client.write(bytes)
  }

  /** Loses the connection that it has. */
  drop(): void {
    this.#socket?.close(1006)
  }

  parseAll(): void {
    this.isStalled = false
    for (const parsed of this.#unparsed.splice(0)) parsed()
  }
}
