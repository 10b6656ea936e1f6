import { systemClock } from '../../../client/clock.ts'
import { createWorkerClient } from '../../../client/create-worker-client.ts'
import { LinkError } from '../../../client/link-error.ts'
import type { WebSocketLink } from '../../../client/links/web-socket-link.ts'
import type { WorkerClient } from '../../../client/worker-client.ts'
import type { AgentInfo } from '../../../contract/agent/info.ts'
import type { WorkerSummary } from '../../../contract/desktop/worker.ts'
import type { FrameSocket } from '../../../contract/terminal/frame-socket.ts'
import { CLOSE, MOST_PER_CLIENT } from '../../../contract/terminal/limits.ts'
import { parseWorkerAddress } from '../../../domain/worker-address.ts'
import type { VouchFor } from '../../../tailnet/vouch.ts'
import { type Reach, reachOf } from '../reach/reach.ts'
import { AskAgain } from './ask-again.ts'
import { greetingOf } from './greeting.ts'
import { observedLink } from './observed-link.ts'
import { openChannel, type WorkerRequest } from './open-channel.ts'
import { refusedPort, TRY_AGAIN_LATER } from './refused-port.ts'
import { relay } from './relay.ts'
import { remoteLink } from './remote-link.ts'
import {
  ANOTHER_AGENT,
  initialState,
  NO_AGENT,
  type RemoteHappening,
  type RemoteState,
  reduceRemote,
  summarizeRemote,
  TOKEN_MISSING,
  troubleOf,
} from './remote-state.ts'
import type { TokenStore } from './token-store.ts'
import { seenAt, type WorkerRecord } from './worker-record.ts'

export interface RemoteWorkerDeps {
  tokens: TokenStore
  vouchFor: VouchFor
  now: () => number
  /** What the screens are told has changed. */
  changed: () => void
  /** What is to be remembered of it has changed. */
  remembered: () => void
}

/** Told to a port whose worker went without a word. */
const GONE = 1006
/** Terminals, files and calls at once. More than a person opens, and fewer than an agent refuses: one more tells how it stands. */
const MAX_CHANNELS = MOST_PER_CLIENT - 8

/** A connection with what it stands on, ended together. */
interface Connection {
  reach: Reach
  link: WebSocketLink
  client: WorkerClient
}

/**
 * A worker on another computer. One WebSocket of its own tells how it stands; each port of a screen is joined to one more, so that the
 * worker's limits and credits hold from end to end. When it is out of reach, every one of them ends at once.
 */
export class RemoteWorker {
  readonly #deps: RemoteWorkerDeps
  readonly #channels = new Set<FrameSocket>()
  readonly #again = new AskAgain(systemClock)
  #record: WorkerRecord
  #state: RemoteState
  #connection: Connection | undefined
  #isDisposed = false

  constructor(record: WorkerRecord, deps: RemoteWorkerDeps) {
    this.#record = record
    this.#deps = deps
    this.#state = initialState(record)
  }

  get record(): WorkerRecord {
    return this.#record
  }

  get summary(): WorkerSummary {
    const { tokens } = this.#deps
    const path = this.#connection?.reach.path ?? 'plain'
    const isTokenFleeting = tokens.isFleeting && this.#record.isTokenless !== true
    return summarizeRemote(this.#record, { state: this.#state, path, isTokenFleeting })
  }

  /** Connects, anew where it was connected, with the token that is stored now; until `dispose`. */
  async connect(): Promise<void> {
    const { tokens, vouchFor, now } = this.#deps
    const token = this.#record.isTokenless === true ? undefined : await tokens.get(this.#record.id)
    if (this.#isDisposed) return
    this.#disconnect()
    const address = parseWorkerAddress(this.#record.address)
    if (address === undefined) return
    const reach = reachOf(address, this.#record.fingerprint, vouchFor)
    const link = remoteLink(reach, token)
    if (token === undefined && this.#record.isTokenless !== true) {
      reach.dispose()
      this.#happen({ type: 'failed', trouble: TOKEN_MISSING })
      const state = { status: 'refused', reason: 'unauthorized', message: TOKEN_MISSING.message } as const
      this.#happen({ type: 'connection', state, at: now() })
      return
    }
    this.#happen({ type: 'connection', state: { status: 'connecting', attempt: 1 }, at: now() })
    const observed = observedLink(link, {
      isLive: () => this.#state.phase.name === 'active',
      failed: (error) => {
        if (this.#connection?.link === link) this.#happen({ type: 'failed', trouble: troubleOf(error) })
      },
    })
    const client = createWorkerClient({
      link: observed,
      onGreeting: (info) => this.#greeted(info),
      onMeasured: (roundTripMs) => {
        if (this.#connection?.client === client) this.#measured(roundTripMs)
      },
    })
    this.#connection = { reach, link, client }
    client.onConnection((state) => {
      if (this.#connection?.client !== client) return
      // Until it answers otherwise, a worker that is asked again by itself has refused us.
      if (!this.#again.isAsking) this.#happen({ type: 'connection', state, at: now() })
      if (state.status !== 'live') this.#endChannels()
      if (token === undefined) this.#again.after(state, () => client.retryNow())
    })
  }

  /** Joins `port` to the calls, a terminal or an upload of the worker, or closes it with the reason why not. */
  async join(request: WorkerRequest, port: FrameSocket): Promise<void> {
    const connection = this.#connection
    const refusal = this.#refusal()
    if (connection === undefined || refusal !== undefined) {
      port.close(refusal?.code ?? TRY_AGAIN_LATER, refusal?.reason)
      return
    }
    try {
      const worker = await openChannel(connection.link, request)
      if (this.#connection !== connection || this.#refusal() !== undefined) worker.close(GONE)
      this.#channels.add(worker)
      relay(port, worker, { isCredited: request.kind !== 'worker', ended: () => this.#channels.delete(worker) })
    } catch {
      // The connection that tells how the worker stands says why; whoever asked tries again.
      port.close(TRY_AGAIN_LATER, 'The worker did not answer.')
    }
  }

  /** Tries at once, and finds out whether what seems alive is. */
  retry(): void {
    if (this.#connection === undefined) void this.connect()
    else this.#connection.client.retryNow()
  }

  /** The network has changed or the computer slept: as `retry`, but for a worker that has refused our token, and a password that was not given. */
  reconsider(): void {
    const isTokenMissing = this.#connection === undefined
    const isRefused = this.#state.phase.name === 'unauthorized' && this.#record.isTokenless !== true
    if (isTokenMissing ? !this.#deps.tokens.isLocked : !isRefused) this.retry()
  }

  /** The keychain is there again: what it did not give before may be there now. */
  tokensReturned(): void {
    if (this.#connection === undefined) void this.connect()
  }

  /** A person has paired with whoever answers there now: that one is the worker from then on, and is told the token. */
  pairedAnew(): void {
    const { agentId: _before, isTokenless: _identity, ...rest } = this.#record
    this.#record = rest
  }

  rename(label: string): void {
    this.#record = { ...this.#record, label }
    this.#deps.changed()
  }

  dispose(): void {
    this.#isDisposed = true
    this.#disconnect()
  }

  #disconnect(): void {
    const connection = this.#connection
    this.#connection = undefined
    this.#again.stop()
    connection?.client.dispose()
    this.#endChannels()
    connection?.reach.dispose()
  }

  #refusal(): { code: number; reason: string } | undefined {
    const isFull = this.#channels.size >= MAX_CHANNELS
    const refusal = refusedPort(this.#state.phase)
    return refusal ?? (isFull ? { code: TRY_AGAIN_LATER, reason: 'Too much is open on this worker.' } : undefined)
  }

  #endChannels(): void {
    const refusal = this.#refusal()
    const code = refusal?.code === CLOSE.unauthorized ? CLOSE.unauthorized : GONE
    for (const channel of [...this.#channels]) channel.close(code, refusal?.reason)
  }

  /** Who answers at the address of the worker is not the worker, unless it is the agent that was there first. */
  #greeted(info: AgentInfo): void {
    const greeting = greetingOf(info)
    if (greeting === undefined) {
      this.#happen({ type: 'failed', trouble: NO_AGENT })
      throw new LinkError('unreachable', NO_AGENT.message)
    }
    const { agentId, hostname, version } = greeting
    if (this.#record.agentId !== undefined && this.#record.agentId !== agentId) {
      throw new LinkError('unauthorized', ANOTHER_AGENT.message)
    }
    this.#happen({ type: 'greeted', greeting })
    const lastSeenAt = new Date(this.#deps.now()).toISOString()
    this.#record = { ...this.#record, agentId, hostname, version, lastSeenAt }
    this.#deps.remembered()
  }

  /** Asked for every few seconds: the screens are told of what they would show otherwise. */
  #measured(roundTripMs: number): void {
    const { roundTripMs: before } = this.summary
    this.#state = reduceRemote(this.#state, { type: 'measured', roundTripMs })
    if (this.summary.roundTripMs !== before) this.#deps.changed()
    const seen = seenAt(this.#record, this.#deps.now())
    if (seen === this.#record) return
    this.#record = seen
    this.#deps.remembered()
  }

  #happen(happening: RemoteHappening): void {
    this.#state = reduceRemote(this.#state, happening)
    this.#deps.changed()
  }
}
