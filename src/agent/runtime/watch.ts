import { setTimeout as delay } from 'node:timers/promises'
import type { RuntimeEndpoint } from '../services.ts'
import { followRuntime } from './follow.ts'
import { findRunning, isOutdated, type RunningRuntime, startRuntime } from './start.ts'
import type { RuntimeSubject, SupervisorDeps } from './supervisor-deps.ts'
import { RuntimeUnsupported } from './unsupported.ts'

const PAUSE_FIRST_MS = 200
const PAUSE_MOST_MS = 15_000
/** A runtime that lived this long has come up well: the next end of it is met with a first, short pause. */
const SETTLED_MS = 10_000
const UNREACHABLE_AFTER = 3

interface Attempt {
  promise: Promise<RuntimeEndpoint>
  resolve(endpoint: RuntimeEndpoint): void
  reject(error: unknown): void
}

/** The runtime of one run of one container: brought up, followed, brought up again, until `stop`. */
export class RuntimeWatch {
  readonly ended: Promise<void>
  readonly #deps: SupervisorDeps
  readonly #subject: RuntimeSubject
  readonly #stop = new AbortController()
  #attempt = newAttempt()
  #pause = new AbortController()
  #failures = 0
  #hasTriedUpdate = false
  /** What ran before this agent brought another: where that does not come up, it can be had all the same. */
  #before: RunningRuntime | undefined

  constructor(deps: SupervisorDeps, subject: RuntimeSubject, isFresh: boolean) {
    this.#deps = deps
    this.#subject = subject
    this.ended = this.#run(isFresh)
  }

  get containerId(): string {
    return this.#subject.containerId
  }

  /** Settles with the attempt that is under way, or at once when the runtime is up. */
  ready(): Promise<RuntimeEndpoint> {
    this.checkNow()
    return this.#attempt.promise
  }

  /** Ends a pause between two attempts. */
  checkNow(): void {
    this.#pause.abort()
  }

  stop(): void {
    this.#stop.abort()
    this.#pause.abort()
    this.#attempt.reject(new Error('The workspace was stopped.'))
  }

  async #run(isFresh: boolean): Promise<void> {
    let isNew = isFresh
    while (!this.#isStopped()) {
      this.#failures += 1
      try {
        const settledMs = await this.#once(isNew)
        if (settledMs > SETTLED_MS) this.#failures = 0
      } catch (error) {
        this.#attempt.reject(error)
        if (this.#isStopped()) break
        if (error instanceof RuntimeUnsupported) {
          this.#park(error)
          break
        }
        this.#deps.log.warn(
          { err: error, workspace: this.#subject.name },
          'the runtime of a workspace could not be started',
        )
        if (this.#failures >= UNREACHABLE_AFTER) this.#say('unreachable')
      }
      isNew = false
      this.#attempt = newAttempt()
      await this.#rest()
    }
  }

  /** Brings it up and follows it to its end; how long it was up, in milliseconds. */
  async #once(isNew: boolean): Promise<number> {
    if (this.#failures < UNREACHABLE_AFTER) this.#say('starting')
    const running = isNew ? undefined : await findRunning(this.#deps, this.#subject)
    if (this.#isStopped()) return 0
    const current = await this.#broughtUpToDate(running ?? (await this.#start()))
    if (this.#isStopped()) return 0
    const { endpoint, version } = current ?? (await this.#start())
    if (this.#isStopped()) return 0
    const upSince = Date.now()
    this.#attempt.resolve(endpoint)
    this.#say('ready', version)
    const { workspaceId } = this.#subject
    await followRuntime(endpoint, this.#stop.signal, {
      terminalsChanged: () => this.#deps.onTerminalsChanged(workspaceId),
      active: (idleMs) => this.#deps.onActive(workspaceId, idleMs),
    })
    if (!this.#isStopped()) this.#deps.log.warn({ workspace: this.#subject.name }, 'lost the runtime of a workspace')
    return Date.now() - upSince
  }

  /**
   * The newer runtime of this installation in the place of `running`, which goes on with its terminals; `running` where it is
   * not older. Where that fails it is not tried again by this agent, and what runs then is used as it is: nothing where none does.
   */
  async #broughtUpToDate(running: RunningRuntime): Promise<RunningRuntime | undefined> {
    if (this.#hasTriedUpdate || this.#isStopped()) return running
    const { log } = this.#deps
    const { name: workspace } = this.#subject
    try {
      if (!(await isOutdated(this.#deps, running))) return running
      this.#hasTriedUpdate = true
      this.#before = running
      const next = await startRuntime(this.#deps, this.#subject, { takeOver: true })
      const isUpdated = next.build !== running.build
      const happened = isUpdated
        ? 'brought the runtime of a workspace up to date'
        : 'the runtime of a workspace does not hand over'
      log.info({ workspace, from: running.version, to: next.version }, happened)
      return next
    } catch (error) {
      log.warn({ err: error, workspace }, 'the runtime of a workspace could not be brought up to date')
      return this.#isStopped() ? undefined : await findRunning(this.#deps, this.#subject)
    }
  }

  /**
   * This installation's runtime. Where that does not come up, the one that was here before: terminals that go on in a process of
   * it are reached by nobody else.
   */
  async #start(): Promise<RunningRuntime> {
    try {
      return await startRuntime(this.#deps, this.#subject)
    } catch (error) {
      if (this.#before === undefined || this.#isStopped()) throw error
      const { version } = this.#before
      this.#deps.log.warn({ err: error, workspace: this.#subject.name, version }, 'going back to the runtime before')
      return await startRuntime(this.#deps, this.#subject, { instead: this.#before })
    }
  }

  /** As long as the container is this one there is nothing to try again: whoever asks is told the same. */
  #park(error: RuntimeUnsupported): void {
    this.#deps.log.info({ workspace: this.#subject.name, missing: error.message }, 'an image cannot run the runtime')
    this.#deps.onStatus(this.#subject.workspaceId, { status: 'unsupported', message: error.message })
  }

  async #rest(): Promise<void> {
    if (this.#isStopped()) return
    this.#pause = new AbortController()
    const pauseMs = Math.min(PAUSE_MOST_MS, PAUSE_FIRST_MS * 2 ** Math.max(0, this.#failures - 1))
    await delay(pauseMs, undefined, { signal: this.#pause.signal }).catch(() => undefined)
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted
  }

  #say(status: 'starting' | 'ready' | 'unreachable', version?: string): void {
    if (!this.#isStopped()) this.#deps.onStatus(this.#subject.workspaceId, { status, version })
  }
}

function newAttempt(): Attempt {
  let resolve: Attempt['resolve'] = () => undefined
  let reject: Attempt['reject'] = () => undefined
  const promise = new Promise<RuntimeEndpoint>((yes, no) => {
    resolve = yes
    reject = (error) => no(error instanceof Error ? error : new Error(String(error)))
  })
  // Nobody may be waiting when it fails.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}
