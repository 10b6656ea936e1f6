import type { Logger } from 'pino'
import type { CreationStep, StepReport, WorkspaceInfo } from '../../contract/agent/workspace.ts'
import { advance, type LifeEvent, NEW_LIFE, statusOf } from '../../domain/lifecycle.ts'
import { AgentError } from '../agent-error.ts'
import type { EventLog } from '../services.ts'
import type { WorkspaceRecord } from '../store/records.ts'
import type { StateStore } from '../store/state-store.ts'
import { type Entry, lifeFromRecord, toInfo, withStep } from './entry.ts'
import { hintOfNames } from './known-names.ts'

export interface RegistryDeps {
  store: StateStore
  events: EventLog
  log: Logger
}

/** A change of one workspace; what is told of it is told once. */
export interface Change {
  events?: readonly LifeEvent[]
  record?: Partial<WorkspaceRecord>
}

/** Steps that last as long as what they bring is large, or as somebody's script wants. */
const LONG_STEPS: ReadonlySet<CreationStep> = new Set(['image', 'credentials', 'clone', 'post_start'])

/** All workspaces of this agent, in memory; whatever changes here is told and written down. */
export class WorkspaceRegistry {
  readonly #deps: RegistryDeps
  readonly #entries = new Map<string, Entry>()
  /** Names that creations have taken and that are not workspaces yet, and the ids that these will have. */
  readonly #reserved = new Map<string, string>()

  constructor(deps: RegistryDeps) {
    this.#deps = deps
    for (const record of deps.store.all()) {
      this.#entries.set(record.name, { record, life: lifeFromRecord(record), work: undefined })
    }
  }

  all(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => (a.record.name < b.record.name ? -1 : 1))
  }

  find(name: string): Entry | undefined {
    return this.#entries.get(name)
  }

  findById(id: string): Entry | undefined {
    return [...this.#entries.values()].find((entry) => entry.record.id === id)
  }

  /** Throws `AgentError` `NOT_FOUND`. */
  get(name: string): Entry {
    const entry = this.#entries.get(name)
    if (entry !== undefined) return entry
    const hint = hintOfNames(this.all().map(({ record }) => record.name))
    throw new AgentError('NOT_FOUND', `There is no workspace ${name} on this worker.`, { hint })
  }

  /** Whether this entry is still the workspace of its name. */
  holds(entry: Entry): boolean {
    return this.#entries.get(entry.record.name) === entry
  }

  /** Whether this is the id of a workspace, or of one that is about to be. */
  knowsId(id: string): boolean {
    return this.findById(id) !== undefined || [...this.#reserved.values()].includes(id)
  }

  /** Takes a name for a creation, at once: of any number that ask, one gets it. Throws `AgentError` `CONFLICT`. */
  reserve(name: string, id: string): () => void {
    if (this.#entries.has(name) || this.#reserved.has(name)) {
      throw new AgentError('CONFLICT', `A workspace ${name} exists on this worker already.`, {
        hint: 'Choose another name.',
      })
    }
    this.#reserved.set(name, id)
    return () => void this.#reserved.delete(name)
  }

  /** A new workspace; the promise settles when it is written down. */
  add(record: WorkspaceRecord): { entry: Entry; written: Promise<void> } {
    const entry: Entry = {
      record,
      life: record.intent === 'create' ? NEW_LIFE : lifeFromRecord(record),
      work: undefined,
    }
    this.#entries.set(record.name, entry)
    this.#deps.events.publish({ type: 'workspace.created', workspace: toInfo(entry) })
    return { entry, written: this.#deps.store.put(record) }
  }

  /** Applies a change, tells it when it can be seen, and writes it down; the promise settles when it is. */
  update(entry: Entry, change: Change): Promise<void> {
    this.#apply(entry, change)
    // Written even where nothing changed: what it is may not lie on the disk yet, or could not be written.
    return this.#write(entry)
  }

  /** As `update`, for changes that nobody waits for: a failure to write is told as a warning. */
  note(entry: Entry, change: Change): void {
    if (this.#apply(entry, change)) this.#note(entry)
  }

  #note(entry: Entry): void {
    this.#write(entry).catch((error: unknown) => {
      this.#deps.log.error({ err: error }, 'the list of workspaces could not be written')
      const message = 'The list of workspaces could not be written. Is the disk full?'
      this.#deps.events.publish({ type: 'agent.warning', code: 'state_not_written', message })
    })
  }

  /** Whether the record is another now. */
  #apply(entry: Entry, { events = [], record = {} }: Change): boolean {
    const before = { info: toInfo(entry), record: JSON.stringify(entry.record) }
    const life = events.reduce(advance, entry.life)
    const failure = life.phase.kind === 'failed' ? life.phase.failure : undefined
    entry.life = life
    entry.record = { ...entry.record, ...record, status: statusOf(life), failure, wasMade: life.wasMade }
    if (this.holds(entry)) this.#tell(before.info, toInfo(entry))
    return JSON.stringify(entry.record) !== before.record
  }

  #write(entry: Entry): Promise<void> {
    return this.holds(entry) ? this.#deps.store.put(entry.record) : Promise.resolve()
  }

  /** Progress of a step of the creation that is under way. */
  step(entry: Entry, step: StepReport): void {
    const before = entry.record.steps?.find(({ name }) => name === step.name)
    entry.record = { ...entry.record, steps: withStep(entry.record.steps ?? [], step) }
    if (this.holds(entry)) this.#deps.events.publish({ type: 'workspace.step', name: entry.record.name, step })
    // So that the next agent knows what this one was in the middle of; the others are over before it could be asked.
    if (before?.state !== step.state && LONG_STEPS.has(step.name)) this.#note(entry)
  }

  /** Forgets a workspace; the promise settles when that lasts. Where it cannot be written, the workspace is still there. */
  async remove(entry: Entry): Promise<void> {
    if (!this.holds(entry)) return
    const { name, id } = entry.record
    // Taken away first: what is noted meanwhile would be written down again.
    this.#entries.delete(name)
    const unreserve = this.reserve(name, id)
    try {
      await this.#deps.store.delete(name)
    } catch (error) {
      this.#entries.set(name, entry)
      throw error
    } finally {
      unreserve()
    }
    this.#deps.events.publish({ type: 'workspace.deleted', name, workspaceId: id })
  }

  #tell(before: WorkspaceInfo, after: WorkspaceInfo): void {
    if (JSON.stringify(before) === JSON.stringify(after)) return
    this.#deps.events.publish({ type: 'workspace.changed', workspace: after })
  }
}
