import { type ClientInput, NO_INPUT, onConnection, onInput } from './input-ledger.ts'

/** Clients whose input offsets are remembered. One that is forgotten begins again at 0, as it is told at its attach. */
const REMEMBERED_CLIENTS = 64

/** The input of a terminal: what each client sent goes to the PTY once, in order, and is acknowledged when taken. */
export class TerminalInput {
  /** The client whose connection this is now. */
  current: string | undefined
  /** Called with a client and the end of its input that the PTY has taken. */
  onTaken: ((client: string, offset: number) => void) | undefined
  private readonly clients = new Map<string, ClientInput>()
  private readonly underWay: { client: string; length: number; end: number }[] = []
  private readonly write: (bytes: Uint8Array) => void
  private waiting = 0

  constructor(write: (bytes: Uint8Array) => void) {
    this.write = write
  }

  /** Bytes that wait for the program to read. */
  get waitingBytes(): number {
    return this.waiting
  }

  /** Begins a connection of `client`; returns the offset that it goes on from. */
  connect(client: string): number {
    const input = onConnection(this.clients.get(client) ?? NO_INPUT)
    this.clients.delete(client)
    this.clients.set(client, input)
    this.forgetOldest()
    this.current = client
    return input.cursor
  }

  /** Input of the current client's connection. The bytes must not change afterwards. */
  receive(bytes: Uint8Array): void {
    if (this.current === undefined || bytes.length === 0) return
    const { input, skip } = onInput(this.clients.get(this.current) ?? NO_INPUT, bytes.length)
    this.clients.set(this.current, input)
    if (skip === bytes.length) return
    const fresh = bytes.subarray(skip)
    this.waiting += fresh.length
    this.underWay.push({ client: this.current, length: fresh.length, end: input.accepted })
    this.write(fresh)
  }

  /** The PTY took one whole piece: the oldest under way. */
  taken(length: number): void {
    this.waiting -= length
    const piece = this.underWay.shift()
    if (piece) this.onTaken?.(piece.client, piece.end)
  }

  private forgetOldest(): void {
    const oldest = this.clients.keys().next().value
    if (this.clients.size > REMEMBERED_CLIENTS && oldest !== undefined) this.clients.delete(oldest)
  }
}
