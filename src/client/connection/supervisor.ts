import type { AgentInfo } from '../../contract/agent/info.ts'
import type { Clock } from '../clock.ts'
import { LinkError } from '../link-error.ts'
import type { WorkerLink } from '../worker-client.ts'
import { backoffMs } from './backoff.ts'
import {
  type ConnectionEvent,
  type ConnectionState,
  INITIAL_CONNECTION,
  nextAttempt,
  reduceConnection,
} from './connection-state.ts'
import { connectAndGreet, type LiveConnection } from './handshake.ts'
import { probeConnection } from './probe.ts'

/** An attempt of this age is given up for a new one where somebody has a reason to try again. */
const STUCK_MS = 1_000

export interface SupervisorDeps {
  link: WorkerLink
  clock: Clock
  /** From 0 to 1. */
  random: () => number
  changed: (state: ConnectionState) => void
  /** The worker answered after so many milliseconds. */
  measured: (roundTripMs: number, info: AgentInfo) => void
  /** Hears who it is that has been connected to, after so many milliseconds, and may refuse it with a `LinkError`. */
  greeted: (info: AgentInfo, roundTripMs: number) => void
}

/** Keeps one connection to a worker: makes it, watches it, makes it anew. */
export class ConnectionSupervisor {
  #state: ConnectionState = INITIAL_CONNECTION
  #live: LiveConnection | undefined
  #probe: (() => void) | undefined
  #cancelRetry: () => void = () => undefined
  readonly #disposed = new AbortController()
  readonly #waiting = new Set<{ resolve(live: LiveConnection): void; reject(error: LinkError): void }>()
  readonly #deps: SupervisorDeps

  constructor(deps: SupervisorDeps) {
    this.#deps = deps
    void this.#attempt()
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** Aborted by `dispose`. */
  get disposed(): AbortSignal {
    return this.#disposed.signal
  }

  /** The live connection, when there is one again. Rejects when the worker refuses us, and when `signal` aborts. */
  whenLive(signal: AbortSignal): Promise<LiveConnection> {
    if (this.#live !== undefined) return Promise.resolve(this.#live)
    const refusal = refusalOf(this.#state)
    if (refusal !== undefined) return Promise.reject(refusal)
    return new Promise((resolve, reject) => {
      const abandon = (): void => waiter.reject(new LinkError('unreachable', 'The worker cannot be reached.'))
      const settle = (): void => {
        this.#waiting.delete(waiter)
        signal.removeEventListener('abort', abandon)
      }
      const waiter = {
        resolve: (live: LiveConnection) => {
          settle()
          resolve(live)
        },
        reject: (error: LinkError) => {
          settle()
          reject(error)
        },
      }
      this.#waiting.add(waiter)
      signal.addEventListener('abort', abandon, { once: true })
      if (signal.aborted) abandon()
    })
  }

  retryNow(): void {
    if (this.#state.status === 'live') this.#probe?.()
    else if (this.#state.status === 'reconnecting' || this.#state.status === 'refused') this.#retry()
  }

  dispose(): void {
    if (this.#disposed.signal.aborted) return
    this.#disposed.abort()
    this.#cancelRetry()
    this.#live?.close()
    this.#live = undefined
    this.#apply({ type: 'disposed' })
  }

  #trying: { at: number; abandoned: AbortController } | undefined

  #retry(): void {
    if (this.#disposed.signal.aborted) return
    this.#cancelRetry()
    if (this.#trying !== undefined) {
      if (this.#deps.clock.now() - this.#trying.at < STUCK_MS) return
      this.#trying.abandoned.abort()
    }
    this.#apply({ type: 'attempt', at: this.#deps.clock.now() })
    void this.#attempt()
  }

  async #attempt(): Promise<void> {
    const { link, clock, greeted } = this.#deps
    const trying = { at: clock.now(), abandoned: new AbortController() }
    this.#trying = trying
    const signal = AbortSignal.any([this.#disposed.signal, trying.abandoned.signal])
    try {
      const live = await connectAndGreet(link, { clock, greeted, signal })
      if (this.#isOver(trying)) live.close()
      else this.#opened(live)
    } catch (error) {
      if (!this.#isOver(trying)) this.#lost(error)
    }
  }

  /** Whether another attempt has taken the place of `trying`; if not, none is under way any more. */
  #isOver(trying: object): boolean {
    if (this.#trying !== trying) return true
    this.#trying = undefined
    return false
  }

  #opened(live: LiveConnection): void {
    if (this.#disposed.signal.aborted) {
      live.close()
      return
    }
    if (live.closed.aborted) {
      this.#lost(live.closed.reason)
      return
    }
    this.#live = live
    live.closed.addEventListener('abort', () => this.#broke(live), { once: true })
    this.#probe = this.#deps.link.needsProbe ? probeConnection(live, this.#deps) : undefined
    this.#apply({ type: 'opened', at: this.#deps.clock.now() })
    for (const waiter of [...this.#waiting]) waiter.resolve(live)
  }

  #broke(live: LiveConnection): void {
    if (this.#live !== live) return
    this.#live = undefined
    this.#lost(live.closed.reason)
  }

  #lost(error: unknown): void {
    if (this.#disposed.signal.aborted) return
    if (error instanceof LinkError && (error.reason === 'unauthorized' || error.reason === 'incompatible')) {
      this.#apply({ type: 'refused', reason: error.reason, message: error.message })
      return
    }
    const at = this.#deps.clock.now()
    const delayMs = backoffMs(nextAttempt(this.#state, at), this.#deps.random)
    this.#apply({ type: 'lost', at, delayMs })
    this.#cancelRetry = this.#deps.clock.schedule(() => this.#retry(), delayMs)
  }

  #apply(event: ConnectionEvent): void {
    const next = reduceConnection(this.#state, event)
    if (next === this.#state) return
    this.#state = next
    const refusal = refusalOf(next)
    if (refusal !== undefined) for (const waiter of [...this.#waiting]) waiter.reject(refusal)
    this.#deps.changed(next)
  }
}

function refusalOf(state: ConnectionState): LinkError | undefined {
  if (state.status === 'refused') return new LinkError(state.reason, state.message)
  return state.status === 'closed' ? new LinkError('closed', 'The connection to the worker was closed.') : undefined
}
