import { type LinkState, linkStateOf } from '../../../client/terminal/link-state.ts'
import type {
  OpenTerminal,
  TerminalClient,
  TerminalHealth,
  TerminalState,
  WorkerClient,
} from '../../../client/worker-client.ts'
import type { CreateTerminal } from '../../../contract/terminal/messages.ts'
import { type HeldInput, type InputEvent, reduceInput, SEND_UNASKED_MS } from './held-input.ts'
import type { PredictionOverlay } from './prediction-overlay.ts'

/** RIS: clears all, in its place among the output. */
const CLEAR = new TextEncoder().encode('\u{1b}c')

/** What a connection has to say of itself. */
export type ConnectionView = {
  state: TerminalState
  /** `state`, as a person is told of it. */
  link: LinkState | undefined
  held: HeldInput
  title: string
  /** Bytes of output that were lost to this screen. */
  skippedBytes: number
  /** Screens that show the terminal, and its size, in which all of them have a part. */
  audience: Audience
}

export type Audience = { clients: number; size: TerminalSize | undefined }
export type TerminalSize = { cols: number; rows: number }

export const UNCONNECTED: ConnectionView = {
  state: { status: 'connecting' },
  link: undefined,
  held: { phase: 'open' },
  title: '',
  skippedBytes: 0,
  audience: { clients: 1, size: undefined },
}

export type ConnectionTarget = {
  client: WorkerClient
  workspace: string
  id: string
  /** Makes the terminal where it does not exist yet. */
  create: CreateTerminal | undefined
}

type ConnectionDeps = ConnectionTarget & {
  cols: number
  rows: number
  prediction: PredictionOverlay
  onOutput: OpenTerminal['onOutput']
  onChange: (change: Partial<ConnectionView>) => void
}

/** One screen's line to its terminal. While it is down, input is held where it can be seen (`held-input.ts`). */
export class TerminalConnection {
  readonly #client: TerminalClient
  readonly #onChange: ConnectionDeps['onChange']
  readonly #prediction: PredictionOverlay
  #held: HeldInput = UNCONNECTED.held
  #skippedBytes = 0
  #audience = UNCONNECTED.audience
  #state = UNCONNECTED.state
  #roundTripMs: number | undefined
  #link: LinkState | undefined

  constructor({ client, workspace, id, create, cols, rows, prediction, onOutput, onChange }: ConnectionDeps) {
    this.#onChange = onChange
    this.#prediction = prediction
    this.#client = client.openTerminal({
      workspace,
      terminal: id,
      ...(create === undefined ? {} : { create }),
      cols,
      rows,
      onOutput,
      onState: (state) => this.#follow(state),
      onTitle: (title) => onChange({ title }),
      onInputTaken: (pendingBytes) => prediction.taken(pendingBytes),
      onHealth: (health) => {
        prediction.measured(health.roundTripMs)
        this.#followAudience(health)
        this.#followLink(this.#state, health.roundTripMs)
      },
      onReset: () => {
        onOutput(CLEAR, () => undefined, true)
        prediction.reset()
      },
      onUnsent: (downSince, takeBack) => {
        if (Date.now() - downSince > SEND_UNASKED_MS) this.#input({ type: 'unsent', bytes: takeBack() })
      },
      onGap: (skipped) => {
        this.#skippedBytes += skipped
        onChange({ skippedBytes: this.#skippedBytes })
      },
    })
  }

  /** As it is now. */
  get health(): TerminalHealth {
    return this.#client.health
  }

  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void {
    this.#client.retryNow()
  }

  /** Sends input, or holds it while the link is down. */
  type(bytes: Uint8Array): void {
    this.#input({ type: 'typed', bytes })
  }

  /** Sends what the emulator says by itself; while the link is down it is dropped. */
  report(bytes: Uint8Array): void {
    this.#input({ type: 'reported', bytes })
  }

  sendHeld(): void {
    this.#input({ type: 'send' })
  }

  discardHeld(): void {
    this.#input({ type: 'discard' })
  }

  resize(cols: number, rows: number): void {
    this.#client.resize(cols, rows)
  }

  /** Gives the terminal the size of this screen, whatever others have. */
  claim(): void {
    this.#client.claim()
  }

  /** Lets go. What runs in the terminal goes on running. */
  dispose(): void {
    this.#client.dispose()
  }

  #followAudience({ clients, cols, rows }: TerminalHealth): void {
    const { size } = this.#audience
    if (clients === this.#audience.clients && size?.cols === cols && size.rows === rows) return
    this.#audience = { clients, size: { cols, rows } }
    this.#onChange({ audience: this.#audience })
  }

  #followLink(state: TerminalState, roundTripMs: number | undefined): void {
    this.#state = state
    this.#roundTripMs = roundTripMs
    const link = linkStateOf(state, { roundTripMs }, this.#link)
    if (link === this.#link) return
    this.#link = link
    this.#onChange({ link })
  }

  #follow(state: TerminalState): void {
    this.#onChange({ state })
    this.#followLink(state, this.#roundTripMs)
    if (state.status !== 'live') this.#prediction.reset()
    switch (state.status) {
      case 'connecting':
        break
      case 'live':
        this.#input({ type: 'back', at: Date.now() })
        break
      case 'reconnecting':
        this.#input({ type: 'lost', at: state.since })
        break
      case 'exited':
      case 'stopped':
      case 'failed':
        this.#input({ type: 'over' })
    }
  }

  #input(event: InputEvent): void {
    const { state: held, send } = reduceInput(this.#held, event)
    if (held !== this.#held) {
      this.#held = held
      this.#onChange({ held })
    }
    for (const bytes of send) {
      this.#prediction.sent(bytes)
      this.#client.write(bytes)
    }
  }
}
