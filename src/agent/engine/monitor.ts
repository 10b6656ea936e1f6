import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EngineState } from '../../contract/agent/engine.ts'
import { AgentError } from '../agent-error.ts'
import type { EngineMonitor } from '../services.ts'
import type { DockerConnection } from './docker/docker-engine.ts'
import type { Engine, EngineEvent } from './engine.ts'
import { findEngine, type SearchSources } from './search.ts'
import { describeState, LOOKING, readyState } from './state.ts'

const RETRY_FIRST_MS = 250
/** While an engine is not there, it is looked for this often. */
const RETRY_MOST_MS = 3000
const SIGN_OF_LIFE_MS = 5000

export interface EngineFollower {
  /** The engine answers, and its events are being kept: what is read now and told later has no gap. */
  connected(engine: Engine): Promise<void>
  event(event: EngineEvent): void
  /** Another state than before. */
  changed(state: EngineState): void
}

export interface EngineLinkDeps extends SearchSources {
  log: Logger
  follower: EngineFollower
}

/** Keeps one engine found, followed and described, for as long as it lives. */
export class EngineLink implements EngineMonitor {
  #state: EngineState = LOOKING
  #engine: Engine | undefined
  #sharesLoopback: boolean | undefined
  #connection: DockerConnection | undefined
  #stream: AbortController | undefined
  /** Settles when the attempt that is under way is over. */
  #attempt = newAttempt()
  #check: Promise<void> | undefined
  #wake = new AbortController()
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  readonly #deps: EngineLinkDeps

  constructor(deps: EngineLinkDeps) {
    this.#deps = deps
    this.#running = this.#run()
  }

  /** As the last engine that was found. One in a virtual machine dials this computer's loopback for its containers. */
  get sharesLoopback(): boolean | undefined {
    return this.#sharesLoopback
  }

  looked(): Promise<void> {
    return this.#attempt.over
  }

  get state(): EngineState {
    return this.#state
  }

  /**
   * The engine, once an attempt to find it that is under way is over. Throws `AgentError` `ENGINE_UNAVAILABLE` with the state's
   * words when there is none.
   */
  async require(): Promise<Engine> {
    await this.#attempt.over
    if (this.#engine !== undefined) return this.#engine
    const { message, hint } = this.#state
    throw new AgentError('ENGINE_UNAVAILABLE', message, hint === undefined ? {} : { hint })
  }

  /** The engine that answers now, without waiting. */
  get current(): Engine | undefined {
    return this.#engine
  }

  /** A call got no answer: sees whether the engine still lives, and if not, looks for it anew. */
  suspect(): void {
    this.#check ??= this.#checkLife().finally(() => {
      this.#check = undefined
    })
  }

  async dispose(): Promise<void> {
    this.#stop.abort()
    this.#stream?.abort()
    this.#wake.abort()
    await Promise.all([this.#running, this.#check])
  }

  async #run(): Promise<void> {
    let pauseMs = RETRY_FIRST_MS
    let wasReady = false
    while (!this.#stop.signal.aborted) {
      const found = await findEngine(this.#deps, wasReady)
      if (found.kind === 'found') {
        const startedAt = Date.now()
        wasReady = await this.#follow(found.connection)
        const isFreshLoss = wasReady && Date.now() - startedAt > RETRY_MOST_MS
        if (isFreshLoss) {
          // Most often it has only been restarted: looked for at once, and whoever asks meanwhile waits for that.
          pauseMs = RETRY_FIRST_MS
          continue
        }
        // Lost as soon as it was there: whoever asks before the next attempt is not told that it runs.
        if (wasReady) this.#set(describeState('unresponsive', { platform: this.#deps.platform }))
      } else {
        this.#set(found.state)
      }
      this.#attempt.end()
      await this.#pause(pauseMs)
      pauseMs = Math.min(RETRY_MOST_MS, pauseMs * 2)
    }
    this.#attempt.end()
  }

  /** Follows an engine until its events break; whether it was ever ready. */
  async #follow(connection: DockerConnection): Promise<boolean> {
    const stream = new AbortController()
    this.#stream = stream
    let isReady = false
    try {
      const engine = await connection.open()
      const events = await engine.events(AbortSignal.any([stream.signal, this.#stop.signal]))
      await this.#deps.follower.connected(engine)
      this.#engine = engine
      this.#sharesLoopback = !engine.facts.isNative
      this.#connection = connection
      isReady = true
      this.#set(readyState(engine.facts))
      this.#attempt.end()
      for await (const event of events) this.#deps.follower.event(event)
    } catch (error) {
      this.#deps.log.warn(
        { err: error },
        isReady ? 'the events of the engine broke' : 'the engine could not be followed',
      )
      if (!isReady) this.#set(describeState('unresponsive', { platform: this.#deps.platform }))
    } finally {
      stream.abort()
      this.#engine = undefined
      this.#connection = undefined
      this.#stream = undefined
      if (isReady) this.#attempt = newAttempt()
    }
    return isReady
  }

  async #checkLife(): Promise<void> {
    const connection = this.#connection
    const stream = this.#stream
    if (connection === undefined || stream === undefined) return
    try {
      await connection.greet(SIGN_OF_LIFE_MS)
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'the engine gave no sign of life')
      stream.abort()
    }
  }

  async #pause(pauseMs: number): Promise<void> {
    if (this.#stop.signal.aborted) return
    this.#wake = new AbortController()
    await delay(pauseMs, undefined, { signal: this.#wake.signal }).catch(() => undefined)
  }

  #set(state: EngineState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return
    this.#state = state
    this.#deps.follower.changed(state)
  }
}

function newAttempt(): { over: Promise<void>; end(): void } {
  let end = (): void => undefined
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  return { over, end }
}
