import type { OpenTerminal, TerminalHealth } from '../worker-client.ts'
import { smoothed } from './round-trip.ts'
import type { Attached, Told } from './terminal-channel.ts'

type Known = Omit<TerminalHealth, 'unacknowledgedBytes'>

/** What is known of a terminal's link and of who else is there, told at each change. */
export class ClientHealth {
  #known: Known
  readonly #heldBytes: () => number
  readonly #options: Pick<OpenTerminal, 'onHealth'>

  constructor(options: Pick<OpenTerminal, 'onHealth' | 'cols' | 'rows'>, heldBytes: () => number) {
    const { cols, rows } = options
    this.#known = { roundTripMs: undefined, clients: 1, cols, rows, isClaimed: false }
    this.#heldBytes = heldBytes
    this.#options = options
  }

  get value(): TerminalHealth {
    return { ...this.#known, unacknowledgedBytes: this.#heldBytes() }
  }

  /** A new connection, of which no round trip is known. */
  attached({ clients, cols, rows }: Attached): void {
    this.#change({ clients, cols, rows, roundTripMs: undefined })
  }

  measured(roundTripMs: number): void {
    this.#change({ roundTripMs: smoothed(this.#known.roundTripMs, roundTripMs) })
  }

  sized({ cols, rows, claimed }: Extract<Told, { type: 'size' }>): void {
    this.#change({ cols, rows, isClaimed: claimed })
  }

  counted({ count }: Extract<Told, { type: 'clients' }>): void {
    this.#change({ clients: count })
  }

  #change(change: Partial<Known>): void {
    this.#known = { ...this.#known, ...change }
    this.#options.onHealth?.(this.value)
  }
}
