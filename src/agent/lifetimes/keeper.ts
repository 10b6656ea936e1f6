import type { Logger } from 'pino'
import type { WorkspaceNotice } from '../../contract/agent/workspace.ts'
import type { RuntimeActivity } from '../../contract/runtime/api.ts'
import {
  type Due,
  dueOf,
  GRACE_MS,
  type Instant,
  type Lifetime,
  type LifetimeEvent,
  live,
  newLifetime,
  resumeLifetime,
} from '../../domain/lifetime.ts'
import type { EventLog } from '../services.ts'
import type { Entry } from '../workspaces/entry.ts'
import type { WorkspaceRegistry } from '../workspaces/registry.ts'
import { type AgentClock, watchedClock } from './clock.ts'
import type { End } from './ends.ts'
import { expiringNotice } from './notices.ts'
import { type Happened, recordChange } from './record-change.ts'
import { termsOf, writtenIn } from './terms.ts'

/** Looked at the clocks at least so often while anything is counted. */
const LOOK_EVERY_MS = 60_000
/** What could not be done is tried again after this. */
const TRY_AGAIN_MS = 300_000

type NoticeCode = WorkspaceNotice['code']
/** What is not true any more of a workspace that somebody has started or touched. */
const OVER_WHEN_ASKED: readonly NoticeCode[] = ['expiring', 'kept', 'idle_stopped']

export interface KeeperDeps {
  registry: WorkspaceRegistry
  events: EventLog
  clock: AgentClock
  /** Whether anybody is at work in a running workspace; undefined where that cannot be known. Never rejects. */
  look(entry: Entry): Promise<RuntimeActivity | undefined>
  stopIdle(entry: Entry): Promise<void>
  /** Deletes it, or stops and keeps it where work would be lost; leaves it where its time is not over any more (`isOver`). */
  expire(entry: Entry, isOver: () => boolean): Promise<End>
  log: Logger
}

interface Kept {
  entry: Entry
  lifetime: Lifetime
  /** Something is being done to it because of its time. */
  isHandled: boolean
  /** Nobody could say who is at work in it when something was due; that is taken for an answer once. */
  isUnknown: boolean
}

/** Keeps the time of all workspaces, and does what is due: one timer, to the next moment at which anything is. */
export class LifetimeKeeper {
  readonly #deps: KeeperDeps
  readonly #now: () => Instant
  readonly #kept = new Map<string, Kept>()
  readonly #stop = new AbortController()
  readonly #handling = new Set<Promise<void>>()
  #following: Promise<void> = Promise.resolve()
  #cancel = (): void => undefined

  constructor(deps: KeeperDeps) {
    this.#deps = deps
    this.#now = watchedClock(deps.clock)
  }

  /** Goes on with what an earlier agent has written down, and follows what happens to workspaces from now on. */
  start(): void {
    const at = this.#now()
    for (const entry of this.#deps.registry.all()) {
      const isRunning = entry.life.container === 'running'
      const written = { ...writtenIn(entry.record), isRunning }
      this.#keep(entry, resumeLifetime(termsOf(entry.record), written, at))
    }
    this.#following = this.#follow()
    this.#schedule()
  }

  /** Somebody was at work in a workspace `idleMs` ago. */
  active(workspaceId: string, idleMs: number): void {
    const kept = this.#kept.get(workspaceId)
    if (kept !== undefined) this.#take(kept, { type: 'active', idleMs })
    this.#schedule()
  }

  /** As if somebody had been at work in it just now. */
  touch(entry: Entry): void {
    const kept = this.#kept.get(entry.record.id) ?? this.#begin(entry)
    this.#take(kept, { type: 'touched' })
    this.#schedule()
  }

  async dispose(): Promise<void> {
    this.#stop.abort()
    this.#cancel()
    await this.#following
    await Promise.all(this.#handling)
  }

  async #follow(): Promise<void> {
    const { events, registry, log } = this.#deps
    for await (const event of events.subscribe(undefined, this.#stop.signal)) {
      try {
        if (event.type === 'workspace.deleted') this.#kept.delete(event.workspaceId)
        else if (event.type === 'reset') for (const entry of registry.all()) this.#sync(entry)
        else if (event.type === 'workspace.changed' || event.type === 'workspace.created') {
          const entry = registry.find(event.workspace.name)
          if (entry !== undefined) this.#sync(entry)
        }
        this.#schedule()
      } catch (error) {
        log.error({ err: error }, 'the time of a workspace could not be kept')
      }
    }
  }

  /** Takes in what a workspace is now. */
  #sync(entry: Entry): void {
    const kept = this.#kept.get(entry.record.id) ?? this.#begin(entry)
    const terms = termsOf(entry.record)
    if (JSON.stringify(terms) !== JSON.stringify(kept.lifetime.terms)) this.#take(kept, { type: 'amended', terms })
    const isRunning = entry.life.container === 'running'
    if (isRunning !== kept.lifetime.isRunning) this.#take(kept, { type: 'ran', isRunning })
  }

  #begin(entry: Entry): Kept {
    return this.#keep(entry, newLifetime(termsOf(entry.record), this.#now()))
  }

  #keep(entry: Entry, lifetime: Lifetime): Kept {
    const kept: Kept = { entry, lifetime, isHandled: false, isUnknown: false }
    this.#kept.set(entry.record.id, kept)
    return kept
  }

  #take(kept: Kept, event: LifetimeEvent): void {
    const before = kept.lifetime
    kept.lifetime = live(before, event, this.#now())
    const isAsked = event.type === 'touched' || (event.type === 'ran' && event.isRunning)
    const isUse = isAsked || event.type === 'active'
    if (isUse) kept.isUnknown = false
    const isPutOff = before.isWarned && !kept.lifetime.isWarned
    this.#write(kept, { isUse, over: isAsked ? OVER_WHEN_ASKED : isPutOff ? ['expiring'] : [] })
  }

  #write({ entry, lifetime }: Kept, happened: Happened): void {
    const change = recordChange(entry.record, lifetime, happened)
    if (Object.keys(change).length > 0) this.#deps.registry.note(entry, { record: change })
  }

  #schedule(): void {
    this.#cancel()
    this.#cancel = () => undefined
    if (this.#stop.signal.aborted) return
    const waits = [...this.#kept.values()].flatMap(({ lifetime, isHandled }) => {
      const due = dueOf(lifetime)
      return isHandled ? [] : [due.kind === 'rest' ? due.forMs : 0]
    })
    const nextMs = Math.min(...waits)
    if (nextMs === Number.POSITIVE_INFINITY) return
    this.#cancel = this.#deps.clock.schedule(() => this.#look(), Math.min(LOOK_EVERY_MS, Math.ceil(nextMs)))
  }

  #look(): void {
    for (const kept of this.#kept.values()) {
      if (kept.isHandled) continue
      this.#take(kept, { type: 'passed' })
      if (dueOf(kept.lifetime).kind !== 'rest') this.#handle(kept)
    }
    this.#schedule()
  }

  #handle(kept: Kept): void {
    kept.isHandled = true
    const handled = this.#settle(kept)
      .catch((error: unknown) => {
        const { name } = kept.entry.record
        this.#deps.log.warn({ err: error, workspace: name }, 'what was due for a workspace could not be done')
        this.#take(kept, { type: 'held', forMs: TRY_AGAIN_MS })
      })
      .finally(() => {
        kept.isHandled = false
        this.#handling.delete(handled)
        this.#schedule()
      })
    this.#handling.add(handled)
  }

  async #settle(kept: Kept): Promise<void> {
    if (kept.lifetime.isRunning && !(await this.#learn(kept))) return
    if (this.#stop.signal.aborted || !this.#deps.registry.holds(kept.entry)) return
    await this.#act(kept, dueOf(kept.lifetime))
  }

  /** Finds out who is at work; whether that is enough to go on. */
  async #learn(kept: Kept): Promise<boolean> {
    const activity = await this.#deps.look(kept.entry)
    if (activity !== undefined) {
      this.#take(kept, { type: 'active', idleMs: activity.idleMs })
      return true
    }
    const due = dueOf(kept.lifetime).kind
    // Whoever may be at work there is not stopped for being idle; an end is put off once.
    if (due === 'warn' || (due === 'expire' && kept.isUnknown)) return true
    kept.isUnknown = true
    this.#take(kept, { type: 'held', forMs: GRACE_MS })
    return false
  }

  async #act(kept: Kept, due: Due): Promise<void> {
    const { entry } = kept
    switch (due.kind) {
      case 'warn':
        this.#take(kept, { type: 'warned' })
        this.#announce(kept)
        return
      case 'stop_idle':
        await this.#deps.stopIdle(entry)
        return
      case 'expire':
        this.#ended(kept, await this.#deps.expire(entry, () => dueOf(kept.lifetime).kind === 'expire'))
        return
      case 'rest':
    }
  }

  #ended(kept: Kept, end: End): void {
    if (end === 'kept') this.#take(kept, { type: 'kept' })
    if (end === 'left') this.#take(kept, { type: 'touched' })
  }

  #announce({ entry, lifetime }: Kept): void {
    const { registry, events } = this.#deps
    const notice = expiringNotice(entry.record.name, lifetime.leftMs ?? 0)
    registry.note(entry, { record: { notice } })
    events.publish({
      type: 'agent.warning',
      code: 'workspace_expiring',
      message: notice.message,
      workspace: entry.record.name,
    })
  }
}
