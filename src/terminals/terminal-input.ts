import { INPUT_WINDOW_BYTES } from '../contract/terminal/limits.ts'
import { type ClientInput, NO_INPUT, onConnection, onInput } from './input-ledger.ts'

/** Clients whose input offsets are remembered. One that is forgotten begins again at 0, as it is told at its attach. */
const REMEMBERED_CLIENTS = 64
/** Input that waits for the program: of one client, far beyond one that keeps to its window; and of all together. */
const MAX_WAITING_BYTES = 4 * INPUT_WINDOW_BYTES
const MAX_WAITING_OF_ALL_BYTES = 32 * INPUT_WINDOW_BYTES

interface Ledger {
  input: ClientInput
  waitingBytes: number
}

/** The input of a terminal: what each client sent goes to the PTY once, in order, and is acknowledged when taken. */
export class TerminalInput {
  /** Called with a client and the end of its input that the PTY has taken. */
  onTaken: ((client: string, offset: number) => void) | undefined
  private readonly ledgers = new Map<string, Ledger>()
  private readonly underWay: { client: string; ledger: Ledger; length: number; end: number }[] = []
  private readonly write: (bytes: Uint8Array) => void
  private readonly isLive: (client: string) => boolean
  private waiting = 0

  /** `isLive`: whether a client is connected, and must not be forgotten. */
  constructor(write: (bytes: Uint8Array) => void, isLive: (client: string) => boolean) {
    this.write = write
    this.isLive = isLive
  }

  /** Bytes that wait for the program to read. */
  get waitingBytes(): number {
    return this.waiting
  }

  /** Begins a connection of `client`; returns the offset that it goes on from. */
  connect(client: string): number {
    const ledger = this.ledgers.get(client) ?? { input: NO_INPUT, waitingBytes: 0 }
    ledger.input = onConnection(ledger.input)
    this.ledgers.delete(client)
    this.forgetOldest()
    this.ledgers.set(client, ledger)
    return ledger.input.cursor
  }

  /** Whether `length` more bytes of `client` may wait. */
  hasRoomFor(client: string, length: number): boolean {
    const own = this.ledgers.get(client)?.waitingBytes ?? 0
    return own + length <= MAX_WAITING_BYTES && this.waiting + length <= MAX_WAITING_OF_ALL_BYTES
  }

  /** Input of the present connection of `client`. The bytes must not change afterwards. */
  receive(client: string, bytes: Uint8Array): void {
    const ledger = this.ledgers.get(client)
    if (ledger === undefined || bytes.length === 0) return
    const { input, skip } = onInput(ledger.input, bytes.length)
    ledger.input = input
    if (skip === bytes.length) return
    const fresh = bytes.subarray(skip)
    this.waiting += fresh.length
    ledger.waitingBytes += fresh.length
    this.underWay.push({ client, ledger, length: fresh.length, end: input.accepted })
    this.write(fresh)
  }

  /** The PTY took one whole piece: the oldest under way. */
  taken(length: number): void {
    this.waiting -= length
    const piece = this.underWay.shift()
    if (!piece) return
    piece.ledger.waitingBytes -= length
    if (this.ledgers.get(piece.client) === piece.ledger) this.onTaken?.(piece.client, piece.end)
  }

  private forgetOldest(): void {
    if (this.ledgers.size < REMEMBERED_CLIENTS) return
    for (const client of this.ledgers.keys()) {
      if (this.isLive(client)) continue
      this.ledgers.delete(client)
      return
    }
  }
}
