import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { RuntimeEnvironment } from '../../contract/runtime/boot.ts'
import type { RuntimeCredentialFiles } from '../../contract/runtime/credential-files.ts'
import type { CredentialFiles } from '../credentials/files/credential-files.ts'
import { callRuntime, RuntimeRefused } from '../runtime/runtime-http.ts'
import type { RuntimeSupervisor } from '../runtime/supervisor.ts'
import type { RuntimeSubject } from '../runtime/supervisor-deps.ts'
import type { RuntimeEndpoint } from '../services.ts'
import type { Entry } from './entry.ts'
import type { WorkspaceRegistry } from './registry.ts'

export interface CredentialDeliveryDeps {
  registry: WorkspaceRegistry
  runtimes: Pick<RuntimeSupervisor, 'endpoint'>
  subjectOf(entry: Entry): RuntimeSubject
  environmentOf(workspaceId: string): RuntimeEnvironment
  files: Pick<CredentialFiles, 'destinations' | 'read' | 'refused'>
  log: Logger
}

const CALL_LIMIT_MS = 30_000
/** Whoever changes something is told at the latest then; what is not brought yet is brought all the same. */
const WAITED_FOR_MS = 5_000

/** Brings what workspaces receive into those that run: what is started in them from then on has it. */
export class CredentialDelivery {
  readonly #deps: CredentialDeliveryDeps
  /** By workspace: what is brought to one follows what was brought before. */
  readonly #last = new Map<string, Promise<void>>()
  #isOver = false

  constructor(deps: CredentialDeliveryDeps) {
    this.#deps = deps
  }

  /** Whether the worker has anything for every workspace. */
  hasAny(): boolean {
    const { files, environmentOf } = this.#deps
    return files.destinations.length > 0 || Object.keys(environmentOf('')).length > 0
  }

  /** To one workspace, whose container runs. Settles when it is there, or has failed, which is logged. */
  bring(entry: Entry): Promise<void> {
    return this.bringAll(entry).catch((error: unknown) => {
      // A runtime that is being started has it from its start; one that was lost is brought it when it is found again.
      const workspace = entry.record.name
      this.#deps.log.warn({ err: error, workspace }, 'credentials could not be brought into a workspace')
    })
  }

  /** As `bring`, but rejects where the workspace cannot be reached. A file that cannot be brought is noted, and no failure. */
  bringAll(entry: Entry, onProgress: (detail: string) => void = () => undefined): Promise<void> {
    const { id } = entry.record
    const done = (this.#last.get(id) ?? Promise.resolve()).then(() => this.#bring(entry, onProgress))
    const settled = done.catch(() => undefined)
    this.#last.set(id, settled)
    void settled.then(() => {
      if (this.#last.get(id) === settled) this.#last.delete(id)
    })
    return done
  }

  /** To the workspace of this id, or to all, where a runtime answers. Settles when they have it, or soon where one hangs. */
  async bringToRunning(workspaceId?: string): Promise<void> {
    const entries = this.#deps.registry.all().filter(({ life }) => life.runtime === 'ready')
    const wanted = entries.filter(({ record }) => workspaceId === undefined || record.id === workspaceId)
    const limit = new AbortController()
    const tooLong = delay(WAITED_FOR_MS, undefined, { signal: limit.signal }).catch(() => undefined)
    await Promise.race([Promise.all(wanted.map((entry) => this.bring(entry))), tooLong])
    limit.abort()
  }

  /** The runtime of a workspace is up: what changed while nobody reached it is brought, unless who started it does so. */
  runtimeReady(entry: Entry): void {
    if (entry.work === undefined) void this.bring(entry)
  }

  /** Settles when nothing is under way any more. */
  async settle(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#last.values())
  }

  async #bring(entry: Entry, onProgress: (detail: string) => void): Promise<void> {
    if (this.#isOver || !this.#deps.registry.holds(entry) || entry.life.container !== 'running') return
    if (entry.life.runtime === 'unsupported') {
      this.#noteUnsupported(entry)
      return
    }
    const endpoint = await this.#deps.runtimes.endpoint(this.#deps.subjectOf(entry))
    const body = this.#deps.environmentOf(entry.record.id)
    await this.#put(endpoint, { path: '/api/v1/environment', body })
    await this.#bringFiles(entry, endpoint, onProgress)
  }

  /** What was brought is brought again only when its source is another: what a tool has made of it since is kept. */
  async #bringFiles(entry: Entry, endpoint: RuntimeEndpoint, onProgress: (detail: string) => void): Promise<void> {
    const { files, registry } = this.#deps
    const { destinations } = files
    const before = entry.record.broughtFiles
    const digests = new Map(Object.entries(before ?? {}).filter(([destination]) => destinations.includes(destination)))
    for (const [at, destination] of destinations.entries()) {
      onProgress(`File ${at + 1} of ${destinations.length}: ${destination}`)
      const cargo = await files.read(destination)
      if (cargo === undefined || digests.get(destination) === cargo.digest) continue
      // What is at a place where nothing was brought yet is the user's own, once there is a user.
      const isTheirs = entry.record.wasMade && !digests.has(destination)
      const body = { destination, entries: cargo.entries, keepExisting: before === undefined || isTheirs }
      if (await this.#write(entry, endpoint, body)) digests.set(destination, cargo.digest)
      // Of a workspace of which nothing is known, all or nothing is noted.
      if (before !== undefined) registry.note(entry, { record: { broughtFiles: Object.fromEntries(digests) } })
    }
    registry.note(entry, { record: { broughtFiles: Object.fromEntries(digests) } })
  }

  /** Whether the workspace took them; where it did not, why is noted. */
  async #write(entry: Entry, endpoint: RuntimeEndpoint, body: RuntimeCredentialFiles): Promise<boolean> {
    try {
      await this.#put(endpoint, { path: '/api/v1/credentials/files', body })
      this.#deps.files.refused(body.destination, undefined)
      return true
    } catch (error) {
      if (!(error instanceof RuntimeRefused)) throw error
      this.#deps.files.refused(body.destination, `In ${entry.record.name}: ${error.message}`)
      return false
    }
  }

  /** Its variables come with each program that is started in it; nobody is there who would take files. */
  #noteUnsupported(entry: Entry): void {
    for (const destination of this.#deps.files.destinations) {
      this.#deps.files.refused(
        destination,
        `In ${entry.record.name}: its image cannot run the service that takes files.`,
      )
    }
  }

  async #put(endpoint: RuntimeEndpoint, { path, body }: { path: string; body: unknown }): Promise<void> {
    const signal = AbortSignal.timeout(CALL_LIMIT_MS)
    await callRuntime({ endpoint, method: 'PUT', path, body, signal, schema: z.unknown() })
  }
}
